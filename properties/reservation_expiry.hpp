#pragma once

#include "properties/closing.hpp"
#include "properties/report.hpp"

// Reservation expiry: (a) a hold that is not assigned is free by true time of hold + its time to
// live + its clock's error + one sweep + 1s, where the error is the clock's drift over the hold's
// life plus its jumps, both without sign, and where time in which the node was down or paused does
// not count; (b) no hold is assigned by an append at which its node's clock reads its expiry or
// later. Holds without an expiry are not judged.
// Source: Gray and Cheriton, "Leases", 1989 (expiry by the holder's clock, and its error).
// (b) and a hold that ended too late are violations at once; one that is still there at rest may
// be owed.
namespace indoubt::properties {

void judge_reservation_expiry(const UnitChange& change, const Ledger& ledger, Report& report);
void judge_remaining_holds(const Ledger& ledger, const Closing& closing, Report& report);

}  // namespace indoubt::properties
