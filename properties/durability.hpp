#pragma once

#include <span>

#include "properties/closing.hpp"
#include "properties/report.hpp"

// Durability: what was acknowledged survives every crash. Acknowledged are, and contradicted by a
// crash that loses records ("lost") means:
// - a yes vote that left: its holds were lost before its service had a durable decision;
// - a decision that was sent: its node lost records since, and decided the opposite;
// - "placed", once the answer left: an assignment was lost, and at rest it was not made again.
// Nobody promised the rest: an unforced record without such a consequence may go, as the ABORT of
// presumed abort and the COMMIT of presumed commit do, and so may a hold before its vote.
// Source: Gray and Reuter, "Transaction Processing", 1993; Mohan, Lindsay, Obermarck, "Transaction
// Management in the R* Distributed Database Management System", 1986.
namespace indoubt::properties {

/// Something was acknowledged.
inline void note_acknowledgement(Report& report) { report.check(Property::durability); }

/// Before the ledger undoes `lost`: marks the assignments that a crash is about to lose.
void mark_lost_assignments(const sim::Fact& crash, std::span<const Pending> lost, Ledger& ledger);
/// After the ledger undid `lost`.
void judge_lost_holds(const sim::Fact& crash, std::span<const Pending> lost, const Ledger& ledger,
                      Report& report);
/// Before the ledger takes the decision.
void judge_forgotten_decision(const Decision& decision, const Ledger& ledger, Report& report);

void judge_durability(const Ledger& ledger, const Closing& closing, Report& report);

}  // namespace indoubt::properties
