#pragma once

#include "properties/closing.hpp"
#include "properties/report.hpp"

// No leak: at rest no unit is held, locked or prepared, and none is assigned to an order that has
// not all its units assigned, or whose client was told "not placed". An order whose client knows
// nothing may be wholly assigned. A dead node's units are judged by what its disk holds.
// Source: the resource claims of reserve/assign, sagas and TCC: nothing stays taken for nobody.
namespace indoubt::properties {

void judge_no_leak(const Ledger& ledger, const Closing& closing, Report& report);

}  // namespace indoubt::properties
