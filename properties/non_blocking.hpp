#pragma once

#include "properties/closing.hpp"
#include "properties/report.hpp"

// Non-blocking: no node that is up stays in doubt (it voted yes and has no outcome) for longer than
// `limits.blocked`, counted only while another node that takes part in orders is down. Cuts do not
// count, nor does time in which the waiting node itself is down or paused.
// Source: Skeen, "Nonblocking Commit Protocols", 1981.
namespace indoubt::properties {

/// What was counted for one order at one service, until the end of the run.
sim::Duration time_blocked(const Ledger& ledger, sim::OrderId order, std::size_t service,
                           const Closing& closing);

/// Returns the sum of what was counted: the metric `blocked`.
sim::Duration judge_non_blocking(const Ledger& ledger, const Closing& closing, Report& report);

}  // namespace indoubt::properties
