#pragma once

#include <array>
#include <cstdint>

#include "properties/closing.hpp"
#include "properties/hindrance.hpp"
#include "properties/histogram.hpp"
#include "properties/isolation.hpp"
#include "properties/longest.hpp"

namespace indoubt::properties {

/// Orders of one kind by what their client learnt before it gave up.
struct KindOutcomes {
  std::uint64_t placed = 0;
  std::uint64_t not_placed = 0;
  std::uint64_t unknown = 0;
  KindOutcomes& operator+=(const KindOutcomes& other) {
    placed += other.placed;
    not_placed += other.not_placed;
    unknown += other.unknown;
    return *this;
  }
  bool operator==(const KindOutcomes&) const = default;
};
using OutcomesByKind = std::array<KindOutcomes, sim::most_order_kinds>;

/// How long orders took, over many runs.
struct Latencies {
  Histogram commit{};  ///< of placed orders, from request to answer
  /// Of orders with all of their effects, from the first decision to commit, or from "placed" where
  /// nobody decides, to the last effect; 0 if all effects were there before.
  Histogram effect{};

  void merge(const Latencies& next) {
    commit.merge(next.commit);
    effect.merge(next.effect);
  }
  bool operator==(const Latencies&) const = default;
};

/// What a run is measured by, from the same facts that it is judged by.
struct Metrics {
  std::uint64_t placed = 0;  ///< orders by what their client learnt before it gave up
  std::uint64_t not_placed = 0;
  std::uint64_t unknown = 0;
  std::uint64_t answered = 0;  ///< orders whose client got an answer, were it too late
  /// From the first request to the last request or answer.
  sim::Duration serving{};
  sim::Duration latency{};  ///< from request to answer, summed over the placed orders
  Longest slowest{};        ///< of them
  sim::Duration blocked{};  ///< sum over nodes and orders, as `non-blocking` counts it
  Longest most_blocked{};   ///< one order at one node
  Longest max_hold{};       ///< for which a unit was held
  sim::Duration held{};     ///< summed over the holds
  std::uint64_t holds = 0;
  Longest in_doubt{};  ///< for which a service was in doubt about an order, whatever the cause
  /// Orders whose client did not learn "placed" before it gave up, by what hindered them.
  std::array<std::uint64_t, hindrance_count> missed{};
  std::uint64_t late = 0;  ///< orders, placed or not, that nothing hindered but lateness
  OutcomesByKind by_kind{};
  std::uint64_t served_twice = 0;  ///< clients who asked again under a fresh key, and have both
  IsolationCounts isolation{};

  void take_hold(sim::Duration time, sim::OrderId order) {
    max_hold.take(time, order);
    held += time;
    ++holds;
  }
  bool operator==(const Metrics&) const = default;
};

/// Takes the end of a hold.
inline void measure_hold(const UnitChange& change, Metrics& metrics) {
  if (change.before.state != UnitRow::State::held) return;
  metrics.take_hold(change.fact.time - change.before.since, change.before.order);
}

/// Takes what is still held at the end.
void measure_remaining_holds(const Ledger& ledger, const Closing& closing, Metrics& metrics);

/// Takes how long services were in doubt.
void measure_doubts(const Ledger& ledger, const Closing& closing, Metrics& metrics);

/// Counts the clients for whom two orders or more are carried out in full: they came for one.
void measure_served_twice(const Ledger& ledger, Metrics& metrics);

/// Takes for how long clients came or waited, and how many were answered: what throughput is of.
void measure_serving(const Ledger& ledger, Metrics& metrics);

/// Counts the outcomes, and what hindered the orders that were not placed; adds each placed order's
/// time from request to answer to `commit_latency`, if that is not null.
void measure_outcomes(const Ledger& ledger, Metrics& metrics, Histogram* commit_latency);

/// Adds how long after its commit each order had the last of its effects.
void measure_effects(const Ledger& ledger, Histogram& effect_latency);

}  // namespace indoubt::properties
