#include "protocols/event_sourcing/options.hpp"

#include "protocols/kit/common_options.hpp"

namespace indoubt::event_sourcing {
namespace {

std::string_view name_of(Options::Token token) {
  using enum Options::Token;
  switch (token) {
    case with_view: return "with-view";
    case before_view: return "before-view";
    case after_view: return "after-view";
  }
  return {};
}

}  // namespace

const kit::OptionRows<Options>& option_rows() {
  static const kit::OptionRows<Options> rows{
      kit::call_timeout<&Options::call_timeout>("how long an order is tried before it is cancelled")
          .covers_trips<4>(),
      kit::retry_first<&Options::retry>(),
      kit::retry_longest<&Options::retry>(),
      kit::integer<&Options::checkpoint>(
          "checkpoint", "after how many events the coordinator makes durable how far it has come"),
      kit::flag<&Options::read_model>(
          "read_model", "another node follows the store's log, and shows which orders are placed"),
      kit::choice<&Options::token>(
          "token", name_of,
          "how the read model keeps how far it has come: in one transaction with what it shows, or "
          "in one of its own, before or after that")
          .only_with("read_model")
          .in_correct_code(),
      kit::poll<&Options::poll>(
          "how long the store waits until it tells the read model that there is something new")
          .only_with("read_model"),
  };
  return rows;
}

}  // namespace indoubt::event_sourcing
