#pragma once

#include "reports/trace/run_trace.hpp"

namespace indoubt::reports {

/// The run as far as it is about the orders that are followed, with what befalls nodes: for forms
/// that hold a whole run, where one order is asked for. What is left is numbered anew.
RunTrace narrowed(const RunTrace& trace);

}  // namespace indoubt::reports
