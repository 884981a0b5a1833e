#pragma once

#include <string>
#include <vector>

#include "reports/trace/run_trace.hpp"

namespace indoubt::reports {

/// Runs as a log with vector clocks that ShiViz draws. Its first line is the expression by which it
/// is read, the default of ShiViz; its second says how several runs are told apart, and is empty
/// for one.
std::string trace_shiviz(const std::vector<RunTrace>& traces);

}  // namespace indoubt::reports
