#pragma once

#include "properties/closing.hpp"
#include "properties/report.hpp"

// Non-triviality (AC4): without failures, and with all votes yes, the decision is commit.
// Source: Bernstein, Hadzilacos, Goodman, "Concurrency Control and Recovery", 1987, ch. 7.
// Also without refusals and timeouts: an order is judged only if its votes came within the
// family's timeout, and an abort only if it came too soon to be anybody's timeout.
namespace indoubt::properties {

void judge_non_triviality(const Ledger& ledger, const Closing& closing, Report& report);

}  // namespace indoubt::properties
