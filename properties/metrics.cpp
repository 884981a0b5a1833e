#include "properties/metrics.hpp"

#include <algorithm>

namespace indoubt::properties {

void measure_remaining_holds(const Ledger& ledger, const Closing& closing, Metrics& metrics) {
  for (const std::uint32_t index : ledger.touched()) {
    const UnitRow& row = ledger.unit_at(index);
    if (row.state != UnitRow::State::held) continue;
    metrics.max_hold = std::max(metrics.max_hold, closing.horizon - row.since);
  }
}

void measure_doubts(const Ledger& ledger, const Closing& closing, Metrics& metrics) {
  for (std::uint32_t i = 0; i < ledger.layout().orders; ++i) {
    const sim::OrderId order{i};
    if (ledger.order(order).bound == 0) continue;
    for (std::size_t service = 0; service < ledger.layout().service_count; ++service) {
      const sim::TrueTime since = ledger.pledge(order, service).in_doubt;
      const Claim& claim = ledger.claim(order, service);
      const bool is_in_doubt = ledger.is_in_doubt(order, service);
      if (since == not_yet || (!claim.has_decided && !is_in_doubt)) continue;
      const sim::TrueTime until = is_in_doubt ? closing.horizon : claim.decided;
      metrics.longest_in_doubt = std::max(metrics.longest_in_doubt, until - since);
    }
  }
}

void measure_outcomes(const Ledger& ledger, Metrics& metrics, Histogram* commit_latency) {
  const sim::Duration patience = ledger.layout().setup.give_up_after;
  for (std::uint32_t i = 0; i < ledger.layout().orders; ++i) {
    const sim::OrderId id{i};
    const OrderRow& order = ledger.order(id);
    if (order.requested == not_yet) continue;
    const sim::TrueTime told = std::min(order.placed, order.not_placed);
    if (told == not_yet || told - order.requested > patience) {
      ++metrics.unknown;
    } else if (told == order.placed) {
      ++metrics.placed;
      metrics.latency += told - order.requested;
      if (commit_latency != nullptr) commit_latency->add(told - order.requested);
    } else {
      ++metrics.not_placed;
    }
    const bool is_placed = told == order.placed && told - order.requested <= patience;
    if (is_placed) continue;
    const Hindrance hindrance = hindrance_of(ledger, id, answer_due(ledger, id));
    ++metrics.missed[static_cast<std::size_t>(hindrance)];
  }
}

}  // namespace indoubt::properties
