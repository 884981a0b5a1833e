#pragma once

#include <string>

#include "reports/trace/run_trace.hpp"

namespace indoubt::reports {

/// The run as JSON, as `docs/trace-json.md` describes it: integers and strings only, keys in a
/// fixed order, one thing of a list on each line, the same bytes for the same run.
std::string trace_json(const RunTrace& trace);

}  // namespace indoubt::reports
