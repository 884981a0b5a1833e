#pragma once

#include <string>
#include <vector>

#include "reports/trace/run_trace.hpp"

namespace indoubt::reports {

/// A run, and how the lab would open it.
struct TracePageRun {
  RunTrace trace;
  std::string scenario;  ///< of this run alone: one cell, one seed
};

/// The page on which one watches a run, or two side by side.
std::string trace_html(const std::vector<TracePageRun>& runs);

}  // namespace indoubt::reports
