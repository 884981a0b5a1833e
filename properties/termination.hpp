#pragma once

#include "properties/closing.hpp"
#include "properties/report.hpp"

// Termination (AC5 with the failures that remain): at rest every node that is up and has voted yes
// for an order has decided it. Where nobody votes: every service that is up and has taken a step
// has let go of it, or has it assigned to an order that was decided commit.
// Source: Bernstein, Hadzilacos, Goodman, "Concurrency Control and Recovery", 1987, ch. 7; the
// reasons follow its cooperative termination protocol. *Must block*: everybody who is up is in
// doubt or knows nothing. *Stuck*: somebody who is up has decided, never voted, or may decide, as
// a coordinator may. Cuts are over by then. Nobody is excused.
namespace indoubt::properties {

void judge_termination(const Ledger& ledger, const Closing& closing, Report& report);

}  // namespace indoubt::properties
