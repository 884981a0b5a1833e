#pragma once

#include "properties/ledger.hpp"
#include "properties/report.hpp"

// Exclusive hold: a unit has one live holder, and an order assigns only its own, live hold. A hold
// is live while its node's clock reads less than its expiry; one that is not may be taken over
// without a word. An order that never held anything at a service may assign a free unit there: a
// saga's step does. Judged at each append, whatever becomes of the record.
// Source: fencing by generation, as in Gray and Cheriton, "Leases", 1989.
namespace indoubt::properties {

void judge_exclusive_hold(const UnitChange& change, Report& report);

}  // namespace indoubt::properties
