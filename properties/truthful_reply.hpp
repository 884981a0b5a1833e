#pragma once

#include "properties/closing.hpp"
#include "properties/report.hpp"

// Truthful reply: "placed" means that all units are assigned, for ever; "not placed" means that at
// rest nothing stays taken. This is what the client was promised, whatever the services think.
// Source: the claim of the reserve/assign pattern, "the user never sees an order placed that cannot
// be fulfilled". An assignment may still be under way when the client hears "placed" (a coordinator
// answers once the decision is safe), so "all assigned" is judged at rest, and may be owed; that a
// placed order loses an assigned unit again is judged as it becomes durable, and never excused.
// A crash that loses an assignment takes nothing back: recovery may make it again until the end.
namespace indoubt::properties {

/// Judges a change that became durable, or that the run ended without losing.
void judge_taken_back(const Pending& entry, const Ledger& ledger, Report& report);

void judge_truthful_reply(const Ledger& ledger, const Closing& closing, Report& report);

}  // namespace indoubt::properties
