#include "properties/metrics.hpp"

#include <algorithm>

#include "properties/outcome.hpp"

namespace indoubt::properties {

void measure_remaining_holds(const Ledger& ledger, const Closing& closing, Metrics& metrics) {
  for (const std::uint32_t index : ledger.touched()) {
    const UnitRow& row = ledger.unit_at(index);
    if (row.state != UnitRow::State::held) continue;
    metrics.take_hold(closing.horizon - row.since, row.order);
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

namespace {

/// Whether nothing hindered an order but lateness, were it placed all the same. Few orders meet
/// any, so that is asked first: what hinders an order takes long to find out.
bool was_only_late(const Ledger& ledger, sim::OrderId order) {
  const sim::TrueTime due = answer_due(ledger, order);
  return was_late(ledger, order, due) && hindrance_of(ledger, order, due) == Hindrance::late;
}

/// Since when an order counts: it is decided, or its client has been told.
sim::TrueTime committed_at(const OrderRow& order) {
  return order.commit.any() ? order.commit.first.at : order.placed_sent;
}

sim::TrueTime last_effect(const Ledger& ledger, sim::OrderId order) {
  sim::TrueTime last{};
  for (std::size_t service = 0; service < ledger.layout().service_count; ++service) {
    const Claim& claim = ledger.claim(order, service);
    if (claim.assigned != 0) last = std::max(last, claim.changed);
  }
  return last;
}

}  // namespace

void measure_served_twice(const Ledger& ledger, Metrics& metrics) {
  const Layout& layout = ledger.layout();
  const std::uint32_t intentions = layout.setup.intentions;
  if (intentions == 0) return;
  for (std::uint32_t client = 0; client < intentions; ++client) {
    std::uint32_t served = 0;
    for (std::uint32_t order = client; order < layout.orders; order += intentions) {
      const bool was_asked = ledger.order({order}).requested != not_yet;
      const bool has_all = ledger.first_lacking({order}) == layout.service_count;
      served += was_asked && has_all ? 1u : 0u;
    }
    metrics.served_twice += served > 1 ? 1u : 0u;
  }
}

void measure_serving(const Ledger& ledger, Metrics& metrics) {
  sim::TrueTime first = sim::never;
  sim::TrueTime last{};
  for (std::uint32_t i = 0; i < ledger.layout().orders; ++i) {
    const OrderRow& order = ledger.order({i});
    if (order.requested == not_yet) continue;
    first = std::min(first, order.requested);
    last = std::max(last, order.requested);
    if (order.told() == not_yet) continue;
    last = std::max(last, order.told());
    ++metrics.answered;
  }
  if (first != sim::never) metrics.serving = last - first;
}

void measure_outcomes(const Ledger& ledger, Metrics& metrics, Histogram* commit_latency) {
  for (std::uint32_t i = 0; i < ledger.layout().orders; ++i) {
    const std::optional<OrderOutcome> outcome = outcome_of(ledger, {i});
    if (!outcome) continue;
    KindOutcomes& kind = metrics.by_kind[ledger.layout().kind_of({i})];
    ++(outcome->end == OrderEnd::placed       ? kind.placed
       : outcome->end == OrderEnd::not_placed ? kind.not_placed
                                              : kind.unknown);
    metrics.late += was_only_late(ledger, {i}) ? 1u : 0u;
    if (outcome->end == OrderEnd::placed) {
      const sim::Duration latency = outcome->answered - outcome->requested;
      ++metrics.placed;
      metrics.latency += latency;
      metrics.slowest.take(latency, {i});
      if (commit_latency != nullptr) commit_latency->add(latency);
      continue;
    }
    ++(outcome->end == OrderEnd::not_placed ? metrics.not_placed : metrics.unknown);
    ++metrics.missed[static_cast<std::size_t>(outcome->hindrance)];
  }
}

void measure_effects(const Ledger& ledger, Histogram& effect_latency) {
  for (std::uint32_t i = 0; i < ledger.layout().orders; ++i) {
    const sim::OrderId order{i};
    const sim::TrueTime committed = committed_at(ledger.order(order));
    const bool has_all = ledger.first_lacking(order) == ledger.layout().service_count;
    if (committed != not_yet && has_all) effect_latency.add(last_effect(ledger, order) - committed);
  }
}

}  // namespace indoubt::properties
