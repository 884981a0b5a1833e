#include "search/run/cell_result.hpp"

#include <algorithm>

namespace indoubt::search {
namespace {

constexpr std::array<MetricInfo, 12> infos{{{"messages", false, true},
                                            {"forced_writes", false, true},
                                            {"commit_latency.p50", true},
                                            {"commit_latency.p99", true},
                                            {"commit_latency.max", true},
                                            {"blocked", true, true},
                                            {"max_hold", true},
                                            {"longest_in_doubt", true},
                                            {"isolation.dirty_reads", false, true},
                                            {"isolation.fuzzy_reads", false, true},
                                            {"isolation.lost_updates", false, true},
                                            {"events", false, true}}};

std::int64_t as_integer(std::uint64_t value) { return static_cast<std::int64_t>(value); }

std::optional<std::int64_t> latency_value(const properties::Histogram& latency,
                                          std::string_view name) {
  if (latency.count() == 0) return std::nullopt;
  if (name == "commit_latency.p50") return latency.quantile(50, 100).count();
  if (name == "commit_latency.p99") return latency.quantile(99, 100).count();
  return latency.max().count();
}

}  // namespace

properties::Verdict PropertyResult::verdict() const {
  using properties::Verdict;
  if (violations != 0) return Verdict::violated;
  if (owed != 0) return Verdict::owed;
  if (!applies) return Verdict::not_applicable;
  return checked == 0 || unknown != 0 ? Verdict::unknown : Verdict::holds;
}

std::span<const MetricInfo> metric_infos() { return infos; }

std::optional<std::int64_t> metric_value(const CellResult& result, std::string_view name) {
  const CellMetrics& metrics = result.metrics;
  if (name.starts_with("commit_latency.")) return latency_value(metrics.commit_latency, name);
  if (name == "messages") return as_integer(metrics.messages);
  if (name == "forced_writes") return as_integer(metrics.forced_writes);
  if (name == "blocked") return metrics.blocked.count();
  if (name == "max_hold") return metrics.max_hold.count();
  if (name == "longest_in_doubt") return metrics.longest_in_doubt.count();
  if (name == "isolation.dirty_reads") return as_integer(metrics.dirty_reads);
  if (name == "isolation.fuzzy_reads") return as_integer(metrics.fuzzy_reads);
  if (name == "isolation.lost_updates") return as_integer(metrics.lost_updates);
  if (name == "events") return as_integer(result.events);
  return std::nullopt;
}

}  // namespace indoubt::search
