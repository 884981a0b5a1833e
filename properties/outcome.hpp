#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "properties/hindrance.hpp"
#include "properties/ledger.hpp"

namespace indoubt::properties {

/// What the client of an order learnt before it gave up.
enum class OrderEnd : std::uint8_t { placed, not_placed, unknown };
/// "placed", "not-placed", "unknown".
std::string_view name_of(OrderEnd end);

/// What became of an order, as its client saw it.
struct OrderOutcome {
  OrderEnd end = OrderEnd::unknown;
  sim::TrueTime requested{};
  sim::TrueTime answered = not_yet;  ///< the first answer, were it after the client gave up
  /// What kept it from being placed in time, if it was not.
  Hindrance hindrance = Hindrance::none;
  bool operator==(const OrderOutcome&) const = default;
};

/// Nothing if its client did not ask.
std::optional<OrderOutcome> outcome_of(const Ledger& ledger, sim::OrderId order);

}  // namespace indoubt::properties
