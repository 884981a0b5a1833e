#include "search/run/cell_result.hpp"

#include <algorithm>

#include "search/run/units.hpp"
#include "sim/base/check.hpp"
#include "sim/base/mix.hpp"

namespace indoubt::search {
namespace {

using sim::Unit;

constexpr MetricInfo count(std::string_view name, std::string_view doc) {
  return {name, Unit::things, true, doc};
}
constexpr MetricInfo duration(std::string_view name, std::string_view doc) {
  return {name, Unit::nanoseconds, false, doc};
}
constexpr MetricInfo greatest(std::string_view name, std::string_view doc) {
  return {name, Unit::nanoseconds, false, doc, true};
}
constexpr MetricInfo rate(std::string_view name, std::string_view doc) {
  return {name, Unit::milli_things_per_second, false, doc};
}

constexpr std::array<MetricInfo, 22> infos{{
    count("messages", "Messages sent between machines, those of clients apart."),
    count("forced_writes", "Forces of a log that a handler waited for."),
    duration("commit_latency.p50", "From request to \"placed\": half of the orders take as long."),
    duration("commit_latency.p99", "From request to \"placed\": 99 orders of 100 are faster."),
    greatest("commit_latency.max", "From request to \"placed\": the slowest order."),
    duration("effect_latency.p50",
             "From the commit to the last effect of an order that has all of them: half of the "
             "orders take as long."),
    duration("effect_latency.p99",
             "From the commit to the last effect of an order that has all of them: 99 orders of "
             "100 are faster."),
    greatest("effect_latency.max",
             "From the commit to the last effect of an order that has all of them: the slowest."),
    {"blocked", Unit::nanoseconds, true,
     "How long services were in doubt while a node of the order was down."},
    greatest("max_hold", "The longest time for which a unit was held."),
    greatest("longest_in_doubt",
             "The longest time for which a service was in doubt about an order, whatever the "
             "cause."),
    count("isolation.dirty_reads",
          "Orders refused for want of a unit that another gave back after it was assigned."),
    count("isolation.fuzzy_reads", "Units assigned on the strength of a hold that was lost."),
    count("isolation.lost_updates", "Units assigned to two orders."),
    rate("throughput",
         "Orders answered per simulated second, from the first request to the last request or "
         "answer of a run."),
    rate("goodput", "The same of orders whose client was told \"placed\" before it gave up."),
    count("served_twice", "Clients who have what they came for twice, by two of their requests."),
    count("turned_away",
          "Messages that found the 'queue' of a node full, or waited there past its 'deadline'."),
    count("events", "Steps of the simulation: it says how much work a run is, and nothing else."),
    count("outcomes.placed", "Orders whose client was told \"placed\" before it gave up."),
    count("outcomes.not_placed", "Orders whose client was told \"not placed\" before it gave up."),
    count("outcomes.unknown", "Orders whose client gave up without an answer."),
}};

std::int64_t as_integer(std::uint64_t value) { return static_cast<std::int64_t>(value); }

std::optional<std::int64_t> latency_value(const properties::Histogram& latency,
                                          std::string_view name) {
  if (latency.count() == 0) return std::nullopt;
  if (name.ends_with(".p50")) return latency.quantile(50, 100).count();
  if (name.ends_with(".p99")) return latency.quantile(99, 100).count();
  return latency.max().count();
}

/// So many in so long, in thousandths per second, rounded down. Nothing of no time at all.
std::optional<std::int64_t> rate_of(std::uint64_t things, sim::Duration time) {
  __extension__ using Wide = __int128;
  if (time <= sim::Duration{0}) return std::nullopt;
  const Wide milli_nano_things = Wide{things} * 1000 * 1'000'000'000;
  return static_cast<std::int64_t>(milli_nano_things / time.count());
}

}  // namespace

properties::Verdict PropertyResult::verdict() const {
  using properties::Verdict;
  if (violations != 0) return Verdict::violated;
  if (owed != 0) return Verdict::owed;
  if (!applies) return Verdict::not_applicable;
  return checked == 0 || unknown != 0 ? Verdict::unknown : Verdict::holds;
}

void PropertyResult::append(const PropertyResult& next) {
  if (violations == 0 && next.violations != 0) {
    first_seed = next.first_seed;
    reason = next.reason;
  }
  applies = applies && next.applies;
  reasons |= next.reasons;
  checked += next.checked;
  violations += next.violations;
  orders_violating += next.orders_violating;
  owed += next.owed;
  unknown += next.unknown;
}

Outcomes& Outcomes::operator+=(const Outcomes& other) {
  placed += other.placed;
  not_placed += other.not_placed;
  unknown += other.unknown;
  add_counts(missed, other.missed);
  late += other.late;
  add_counts(by_kind, other.by_kind);
  return *this;
}

void CellMetrics::append(const CellMetrics& next) {
  messages += next.messages;
  forced_writes += next.forced_writes;
  latencies.merge(next.latencies);
  slowest.take(next.slowest);
  blocked += next.blocked;
  most_blocked.take(next.most_blocked);
  max_hold.take(next.max_hold);
  longest_in_doubt.take(next.longest_in_doubt);
  dirty_reads += next.dirty_reads;
  fuzzy_reads += next.fuzzy_reads;
  lost_updates += next.lost_updates;
  served_twice += next.served_twice;
  turned_away += next.turned_away;
  answered += next.answered;
  serving += next.serving;
}

std::uint64_t fold_digest(std::uint64_t cell, std::uint64_t run) { return sim::mix(cell, run); }

void CellResult::append(const CellResult& next) {
  runs += next.runs;
  events += next.events;
  outcomes += next.outcomes;
  for (std::size_t i = 0; i < properties.size(); ++i) properties[i].append(next.properties[i]);
  metrics.append(next.metrics);
  add_counts(runs_with_fact, next.runs_with_fact);
  add_counts(runs_with_action, next.runs_with_action);
  faults.resize(std::max(faults.size(), next.faults.size()));
  add_counts(faults, next.faults);
  add_counts(runs_by_end, next.runs_by_end);
  if (first_cut_short.empty()) first_cut_short = next.first_cut_short;
  samples.insert(samples.end(), next.samples.begin(), next.samples.end());
  if (next.detail) detail ? detail->append(*next.detail) : void(detail = next.detail);
  orders_by_run.insert(orders_by_run.end(), next.orders_by_run.begin(), next.orders_by_run.end());
  rechecked += next.rechecked;
  if (!nondeterminism) nondeterminism = next.nondeterminism;
}

std::span<const MetricInfo> metric_infos() { return infos; }

const MetricInfo& metric_info(std::string_view name) {
  const auto info = std::find_if(infos.begin(), infos.end(),
                                 [&](const MetricInfo& known) { return known.name == name; });
  INDOUBT_CHECK(info != infos.end());
  return *info;
}

std::optional<std::int64_t> metric_value(const CellResult& result, std::string_view name) {
  const CellMetrics& metrics = result.metrics;
  if (name.starts_with("commit_latency.")) return latency_value(metrics.latencies.commit, name);
  if (name.starts_with("effect_latency.")) return latency_value(metrics.latencies.effect, name);
  if (name == "messages") return as_integer(metrics.messages);
  if (name == "forced_writes") return as_integer(metrics.forced_writes);
  if (name == "blocked") return metrics.blocked.count();
  if (name == "max_hold") return metrics.max_hold.time.count();
  if (name == "longest_in_doubt") return metrics.longest_in_doubt.time.count();
  if (name == "isolation.dirty_reads") return as_integer(metrics.dirty_reads);
  if (name == "isolation.fuzzy_reads") return as_integer(metrics.fuzzy_reads);
  if (name == "isolation.lost_updates") return as_integer(metrics.lost_updates);
  if (name == "throughput") return rate_of(metrics.answered, metrics.serving);
  if (name == "goodput") return rate_of(result.outcomes.placed, metrics.serving);
  if (name == "served_twice") return as_integer(metrics.served_twice);
  if (name == "turned_away") return as_integer(metrics.turned_away);
  if (name == "events") return as_integer(result.events);
  if (name == "outcomes.placed") return as_integer(result.outcomes.placed);
  if (name == "outcomes.not_placed") return as_integer(result.outcomes.not_placed);
  if (name == "outcomes.unknown") return as_integer(result.outcomes.unknown);
  return std::nullopt;
}

const Extreme* metric_extreme(const CellResult& result, std::string_view name) {
  const CellMetrics& metrics = result.metrics;
  const Extreme* extreme = nullptr;
  if (name.starts_with("commit_latency.")) extreme = &metrics.slowest;
  if (name == "blocked") extreme = &metrics.most_blocked;
  if (name == "max_hold") extreme = &metrics.max_hold;
  if (name == "longest_in_doubt") extreme = &metrics.longest_in_doubt;
  return extreme == nullptr || extreme->order == 0 ? nullptr : extreme;
}

}  // namespace indoubt::search
