#include "protocols/event_sourcing/options.hpp"

#include "protocols/kit/common_options.hpp"

namespace indoubt::event_sourcing {

const kit::OptionRows<Options>& option_rows() {
  static const kit::OptionRows<Options> rows{
      kit::call_timeout<&Options::call_timeout>("how long an order is tried before it is cancelled")
          .covers_trips<4>(),
      kit::retry_first<&Options::retry>(),
      kit::retry_longest<&Options::retry>(),
      kit::integer<&Options::checkpoint>(
          "checkpoint", "after how many events the coordinator makes durable how far it has come"),
  };
  return rows;
}

}  // namespace indoubt::event_sourcing
