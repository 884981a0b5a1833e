#pragma once

#include "properties/ledger.hpp"
#include "properties/report.hpp"

// Agreement (AC1): all nodes that reach a decision on an order reach the same one.
// Source: Bernstein, Hadzilacos, Goodman, "Concurrency Control and Recovery", 1987, ch. 7.
// A decision in a record counts once the record is durable, or when the run ends without having
// lost it: one that a crash loses was none. Presumed answers are no decisions at all.
namespace indoubt::properties {

/// Judges a final decision against those that the ledger has of other nodes.
void judge_agreement(const Decision& decision, const Ledger& ledger, Report& report);

}  // namespace indoubt::properties
