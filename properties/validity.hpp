#pragma once

#include "properties/ledger.hpp"
#include "properties/report.hpp"

// Validity (AC3): commit is decided only if every service of the order had voted yes by then.
// Source: Bernstein, Hadzilacos, Goodman, "Concurrency Control and Recovery", 1987, ch. 7.
// It applies to families whose services vote.
namespace indoubt::properties {

void judge_validity(const Decision& decision, const Ledger& ledger, Report& report);

}  // namespace indoubt::properties
