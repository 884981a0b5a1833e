#pragma once

#include <string>

#include "reports/text/style.hpp"
#include "reports/trace/run_trace.hpp"

namespace indoubt::reports {

/// One run told for people: what happens to an order step by step, or to several that met, and the
/// verdicts on the run.
std::string trace_text(const RunTrace& trace, const Style& style);

/// "order 3 of 25 (the slowest: ...)", "orders 3 and 7 of 25 (as asked)".
std::string followed_text(const RunTrace& trace);
/// "two-phase-commit (as-published), mutant M-A02, seed 3".
std::string what_ran_text(const RunTrace& trace);
/// "came to rest at 20.054s".
std::string end_text(const RunTrace& trace);

}  // namespace indoubt::reports
