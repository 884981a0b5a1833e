#include "properties/metrics.hpp"

#include <algorithm>

namespace indoubt::properties {

void measure_remaining_holds(const Ledger& ledger, const Closing& closing, Metrics& metrics) {
  for (const std::uint32_t index : ledger.touched()) {
    const UnitRow& row = ledger.unit_at(index);
    if (row.state != UnitRow::State::held) continue;
    metrics.max_hold.take(closing.horizon - row.since, row.order);
  }
}

void measure_doubts(const Ledger& ledger, const Closing& closing, Metrics& metrics) {
  for (std::uint32_t i = 0; i < ledger.layout().orders; ++i) {
    const sim::OrderId order{i};
    if (ledger.order(order).bound == 0) continue;
    for (std::size_t service = 0; service < ledger.layout().service_count; ++service) {
      if (!ledger.was_in_doubt(order, service)) continue;
      const sim::TrueTime since = ledger.pledge(order, service).in_doubt;
      const Claim& claim = ledger.claim(order, service);
      const sim::TrueTime until = claim.has_decided ? claim.decided : closing.horizon;
      metrics.in_doubt.take(until - since, order);
    }
  }
}

void measure_outcomes(const Ledger& ledger, Metrics& metrics, Histogram* commit_latency) {
  const sim::Duration patience = ledger.layout().setup.give_up_after;
  for (std::uint32_t i = 0; i < ledger.layout().orders; ++i) {
    const sim::OrderId id{i};
    const OrderRow& order = ledger.order(id);
    if (order.requested == not_yet) continue;
    const Hindrance hindrance = hindrance_of(ledger, id, answer_due(ledger, id));
    metrics.late += hindrance == Hindrance::late ? 1u : 0u;
    const sim::TrueTime told = order.told();
    const bool is_answered = told != not_yet && told - order.requested <= patience;
    if (is_answered && told == order.placed) {
      ++metrics.placed;
      metrics.latency += told - order.requested;
      metrics.slowest.take(told - order.requested, id);
      if (commit_latency != nullptr) commit_latency->add(told - order.requested);
      continue;
    }
    ++(is_answered ? metrics.not_placed : metrics.unknown);
    ++metrics.missed[static_cast<std::size_t>(hindrance)];
  }
}

}  // namespace indoubt::properties
