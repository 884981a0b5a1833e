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

void measure_outcomes(const Ledger& ledger, Metrics& metrics, Histogram* commit_latency) {
  const sim::Duration patience = ledger.layout().setup.give_up_after;
  for (std::uint32_t i = 0; i < ledger.layout().orders; ++i) {
    const OrderRow& order = ledger.order(sim::OrderId{i});
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
  }
}

}  // namespace indoubt::properties
