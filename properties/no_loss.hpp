#pragma once

#include "properties/closing.hpp"
#include "properties/report.hpp"

// Every committed change takes effect at its consumers: at rest, what was committed has taken
// effect at all services that the order takes units from. A refusal that the service wrote down is
// an effect, too: the message was not lost.
namespace indoubt::properties {

void judge_no_loss(const Ledger& ledger, const Closing& closing, Report& report);

}  // namespace indoubt::properties
