#pragma once

#include "properties/closing.hpp"
#include "properties/report.hpp"

// No effect without a committed change: at rest, what took effect at a service was committed.
namespace indoubt::properties {

void judge_no_ghost(const Ledger& ledger, const Closing& closing, Report& report);

}  // namespace indoubt::properties
