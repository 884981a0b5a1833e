#pragma once

#include <string>

#include "reports/trace/run_trace.hpp"

namespace indoubt::reports {

/// The run in Chrome's trace format, which ui.perfetto.dev opens: a process for each node, slices
/// for what it does, flows for messages, and spans of their own for what it holds, doubts or
/// misses.
std::string trace_perfetto(const RunTrace& trace);

}  // namespace indoubt::reports
