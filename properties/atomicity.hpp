#pragma once

#include "properties/closing.hpp"
#include "properties/report.hpp"

// Atomicity: at rest every order has all of its effects or none; what was compensated counts as
// none. An effect is an assigned unit; having more units than it takes is not "all" either.
// Source: Gray and Reuter, "Transaction Processing", 1.2 (all or nothing), judged at rest as in
// Garcia-Molina and Salem, "Sagas", 1987. Obligations of an order that is owed are excused.
namespace indoubt::properties {

void judge_atomicity(const Ledger& ledger, const Closing& closing, Report& report);

}  // namespace indoubt::properties
