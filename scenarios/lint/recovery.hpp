#pragma once

#include "scenarios/knowledge.hpp"
#include "scenarios/text/report.hpp"
#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {

/// The recovery of two-phase commit with passive participants does not know who is voting. Warns
/// where it gives an order up that may still be voted on: `orphan_safety` is shorter than
/// `vote_timeout`.
void lint_orphan_safety(Report& report, const Value& cell, const kit::Deployment& deployment);

}  // namespace indoubt::scenarios
