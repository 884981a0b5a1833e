#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "properties/hindrance.hpp"
#include "properties/metrics.hpp"
#include "properties/property.hpp"
#include "search/run/cell_detail.hpp"
#include "search/run/fault_result.hpp"
#include "search/run/run_outcomes.hpp"
#include "sim/base/unit.hpp"
#include "sim/world/end.hpp"
#include "sim/world/fault.hpp"
#include "sim/world/history.hpp"

namespace indoubt::search {

/// What became of one property over the runs of a cell.
struct PropertyResult {
  std::uint64_t checked = 0;     ///< runs in which it was really exercised
  std::uint64_t violations = 0;  ///< runs that violated it
  std::uint64_t orders_violating = 0;
  std::uint64_t owed = 0;     ///< runs in which a node that is down for good would put it right
  std::uint64_t unknown = 0;  ///< runs that ended at a bound before it could be judged
  std::optional<std::uint64_t> first_seed{};  ///< the first run that violated it, in seed order
  std::string reason;                         ///< of that violation, as a sentence
  /// Why runs violated it: a bit set of `properties::Reason`, of the first finding of each.
  std::uint64_t reasons = 0;
  bool applies = true;  ///< the family could violate it

  properties::Verdict verdict() const;
  /// Adds the result of the seeds that follow.
  void append(const PropertyResult& next);
  bool operator==(const PropertyResult&) const = default;
};

/// What the clients of a cell learnt, counted in orders.
struct Outcomes {
  std::uint64_t placed = 0;
  std::uint64_t not_placed = 0;
  std::uint64_t unknown = 0;
  /// Of those that were not placed in time, by what hindered them (`properties::Hindrance`).
  std::array<std::uint64_t, properties::hindrance_count> missed{};
  /// Of all, those that nothing hindered but lateness.
  std::uint64_t late = 0;
  properties::OutcomesByKind by_kind{};
  /// All of them: the orders whose clients asked.
  std::uint64_t orders() const { return placed + not_placed + unknown; }
  Outcomes& operator+=(const Outcomes& other);
  bool operator==(const Outcomes&) const = default;
};

/// The longest of many times, and whose it was: the first in seed order.
struct Extreme {
  sim::Duration time{};
  std::uint64_t seed = 0;
  std::uint32_t order = 0;  ///< its number; 0 if nothing was measured

  void take(const Extreme& other) {
    if (other.time > time) *this = other;
  }
  bool operator==(const Extreme&) const = default;
};

/// Sums, extremes and distributions over the runs of a cell.
struct CellMetrics {
  std::uint64_t messages = 0;
  std::uint64_t forced_writes = 0;
  properties::Latencies latencies{};
  Extreme slowest{};        ///< of placed orders, from request to answer
  sim::Duration blocked{};  ///< time in doubt while a node of the order was down, summed
  Extreme most_blocked{};
  Extreme max_hold{};
  Extreme longest_in_doubt{};  ///< of a service about an order, whatever the cause
  std::uint64_t dirty_reads = 0;
  std::uint64_t fuzzy_reads = 0;
  std::uint64_t lost_updates = 0;
  std::uint64_t served_twice = 0;  ///< clients
  std::uint64_t turned_away = 0;   ///< messages: a queue was full, or it was too late
  std::uint64_t answered = 0;      ///< orders, were it too late
  sim::Duration serving{};         ///< from first request to last request or answer, summed
  /// Adds those of the seeds that follow.
  void append(const CellMetrics& next);
  bool operator==(const CellMetrics&) const = default;
};

/// What one run came to, for comparing runs of the same seed pair by pair.
struct RunSample {
  properties::PropertySet checked{};
  properties::PropertySet violated{};
  properties::PropertySet owed{};
  std::uint32_t placed = 0;
  std::uint64_t messages = 0;
  std::uint64_t forced_writes = 0;
  sim::Duration latency{};  ///< from request to answer, summed over the placed orders
  bool operator==(const RunSample&) const = default;
};

/// Adds one to the count of each bit that is set.
template <typename Counts>
void count_bits(std::uint64_t set, Counts& counts) {
  for (; set != 0; set &= set - 1) ++counts[static_cast<std::size_t>(std::countr_zero(set))];
}

/// A bit for each count that is not 0.
template <typename Counts>
std::uint64_t bits_of(const Counts& counts) {
  std::uint64_t set = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) set |= std::uint64_t{counts[i] != 0} << i;
  return set;
}

/// The digest of a cell with one run more; that of none is 0.
std::uint64_t fold_digest(std::uint64_t cell, std::uint64_t run);

/// The result of many runs of one cell: integers and the first reasons, so that merging results of
/// consecutive seeds gives the result of all of them, whichever thread ran which.
struct CellResult {
  std::uint64_t first_seed = 0;
  std::uint64_t runs = 0;
  std::uint64_t events = 0;
  std::uint64_t digest = 0;  ///< folds the digests of the runs in seed order
  Outcomes outcomes{};
  std::array<PropertyResult, properties::property_count> properties{};
  CellMetrics metrics{};
  /// In how many runs each fact, and each kind of fault, was seen: for `sometimes`.
  std::array<std::uint64_t, sim::fact_count> runs_with_fact{};
  std::array<std::uint64_t, sim::action_count> runs_with_action{};
  /// What each fault of the schedule met, in list order.
  std::vector<FaultResult> faults{};
  /// One for each run, in seed order, and what their orders went through, if they were asked for.
  std::vector<RunSample> samples{};
  std::optional<CellDetail> detail{};
  /// What became of every order of each run, in seed order, if that was asked for.
  std::vector<RunOutcomes> orders_by_run{};
  /// Runs by how they ended (`sim::EndReason`), and how the first stood that a bound cut short.
  std::array<std::uint64_t, sim::end_reason_count> runs_by_end{};
  std::string first_cut_short;
  /// Runs that were made a second time, to see that they come out the same.
  std::uint64_t rechecked = 0;
  /// If a run came out otherwise when it was made a second time, how the first such run differed: a
  /// bug in indoubt.
  std::optional<std::string> nondeterminism{};

  const PropertyResult& operator[](properties::Property property) const {
    return properties[properties::index_of(property)];
  }
  /// Adds the result of the seeds that follow; the digest is the caller's business.
  void append(const CellResult& next);
  bool operator==(const CellResult&) const = default;
};

/// A number that expectations may bound.
struct MetricInfo {
  std::string_view name;  ///< "commit_latency.p99": the path in the JSON report, without the unit
  sim::Unit unit = sim::Unit::things;
  bool is_sum = false;       ///< over all runs, so that it grows with their number
  std::string_view doc{};    ///< a sentence
  bool is_greatest = false;  ///< of all runs, so that more of them can only raise it
};

/// All metrics, in the order of the JSON report.
std::span<const MetricInfo> metric_infos();
/// Of a metric that there is.
const MetricInfo& metric_info(std::string_view name);
/// The value of a metric, in its unit; nothing if nothing was measured.
std::optional<std::int64_t> metric_value(const CellResult& result, std::string_view name);
/// The order that a metric is largest for; null if the metric is of no order in particular.
const Extreme* metric_extreme(const CellResult& result, std::string_view name);

}  // namespace indoubt::search
