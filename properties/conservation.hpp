#pragma once

#include "properties/ledger.hpp"
#include "properties/report.hpp"

// Conservation: units are neither made nor lost: free + held + assigned stays the stock. Units are
// numbered, so a change breaks it if it names a unit that the stock does not have, frees one that
// its order does not have, lets a sold one expire, or sells one that is sold to somebody else.
// Judged at each append, whatever becomes of the record.
namespace indoubt::properties {

void judge_conservation(const UnitChange& change, Report& report);

}  // namespace indoubt::properties
