#include "properties/outcome.hpp"

namespace indoubt::properties {

std::string_view name_of(OrderEnd end) {
  switch (end) {
    case OrderEnd::placed: return "placed";
    case OrderEnd::not_placed: return "not-placed";
    case OrderEnd::unknown: return "unknown";
  }
  return {};
}

std::optional<OrderOutcome> outcome_of(const Ledger& ledger, sim::OrderId id) {
  const OrderRow& order = ledger.order(id);
  if (order.requested == not_yet) return std::nullopt;
  OrderOutcome outcome{.requested = order.requested, .answered = order.told()};
  const sim::Duration patience = ledger.layout().setup.give_up_after;
  const bool is_answered =
      outcome.answered != not_yet && outcome.answered - order.requested <= patience;
  if (is_answered) {
    outcome.end = outcome.answered == order.placed ? OrderEnd::placed : OrderEnd::not_placed;
  }
  if (outcome.end != OrderEnd::placed) {
    outcome.hindrance = hindrance_of(ledger, id, answer_due(ledger, id));
  }
  return outcome;
}

}  // namespace indoubt::properties
