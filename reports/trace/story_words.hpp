#pragma once

#include <string>

#include "reports/trace/run_trace.hpp"

namespace indoubt::reports {

// What takes place in a run in words, the same in all forms in which it is told.

/// "gets vote (yes) from store (its clock: 0.805s)", "its timer resend_due fires".
std::string step_text(const RunTrace& trace, const TraceStep& step);
/// Whether the step is told by a fact alone: a client learns.
bool is_told_by_fact(const TraceStep& step);
/// "goes down", "restarts and reads its log", ...
std::string befalling_text(const TraceStep& step);
/// "sends vote (yes) to orders, arrives at 0.057s", "= packet-1 is now held for the order", ...
/// Nothing for what is told otherwise.
std::string effect_text(const RunTrace& trace, const TraceEffect& effect);
/// "loses prepared of this order and 2 records of other orders: not on disk yet".
std::string loss_text(const std::string& ours, std::size_t others, bool was_durable);

}  // namespace indoubt::reports
