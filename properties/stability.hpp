#pragma once

#include "properties/ledger.hpp"
#include "properties/report.hpp"

// Stability (AC2): a node cannot reverse its decision.
// Source: Bernstein, Hadzilacos, Goodman, "Concurrency Control and Recovery", 1987, ch. 7.
// What counts as a decision is said at agreement.
namespace indoubt::properties {

/// Judges a final decision against an earlier one of the same node.
void judge_stability(const Decision& decision, const Ledger& ledger, Report& report);

}  // namespace indoubt::properties
