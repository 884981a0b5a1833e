#pragma once

#include <utility>

#include "reports/trace/trace_run.hpp"
#include "tests/support/runs.hpp"

/// Runs of a deployment made by hand, told.
namespace indoubt::reports::testing {

inline scenarios::Scenario scenario_of(kit::Deployment deployment) {
  scenarios::Scenario scenario;
  scenario.file = "by-hand.json";
  scenario.name = "by-hand";
  scenario.cells.push_back({.deployment = std::move(deployment)});
  return scenario;
}

inline RunTrace traced(kit::Deployment deployment, std::uint64_t seed = 1,
                       std::vector<std::uint32_t> orders = {}) {
  const scenarios::Scenario scenario = scenario_of(std::move(deployment));
  auto trace = trace_run({.scenario = scenario, .seed = seed, .orders = std::move(orders)});
  return std::move(trace.value());
}

/// The n-th message of this kind, from 1.
inline const TraceMessage& message(const RunTrace& trace, std::string_view kind,
                                   std::size_t nth = 1) {
  for (const TraceMessage& found : trace.messages) {
    if (found.kind == kind && --nth == 0) return found;
  }
  throw std::out_of_range{"no such message"};
}

/// All spans of a type.
inline std::vector<TraceSpan> spans(const RunTrace& trace, TraceSpan::Type type) {
  std::vector<TraceSpan> found;
  for (const TraceSpan& span : trace.spans) {
    if (span.type == type) found.push_back(span);
  }
  return found;
}

}  // namespace indoubt::reports::testing
