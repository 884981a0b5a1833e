#include "protocols/reservation/options.hpp"

#include "protocols/kit/common_options.hpp"

namespace indoubt::reservation {

const kit::OptionRows<Options>& option_rows() {
  static const kit::OptionRows<Options> rows{
      kit::duration<&Options::ttl>("reservation_ttl",
                                   "how long a service holds units that are not assigned")
          .covers_trips<8>(),
      kit::call_timeout<&Options::call_timeout>(
          "how long the coordinator waits for all reservations")
          .covers_trips<2>(),
      kit::retry_first<&Options::retry>(),
      kit::retry_longest<&Options::retry>(),
      kit::duration<&Options::sweep>("sweep", "how late a service may free what ran out"),
      kit::duration<&Options::tombstone_retention>(
          "tombstone_retention",
          "how long a service knows that an order was released or refused; 0s: for ever")
          .in_variants({"hardened"})
          .in_correct_code(),
  };
  return rows;
}

}  // namespace indoubt::reservation
