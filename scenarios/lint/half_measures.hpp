#pragma once

#include "scenarios/knowledge.hpp"
#include "scenarios/text/report.hpp"
#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {

/// Warns where what is kept for a while, or waited for, is shorter than what it is there for: rows
/// by which repetitions are told that go before the repetition comes, and gaps that are given up
/// while the transaction that fills them may still be open.
void lint_half_measures(Report& report, const Value& cell, const kit::Deployment& deployment);

}  // namespace indoubt::scenarios
