#pragma once

#include "scenarios/knowledge.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/text/report.hpp"
#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {

/// Warns about a valid cell that most likely does not do what its author wants. Each warning is
/// certain: it names a fault that can never happen, a judgement that can never be passed, or
/// numbers that contradict each other. What merely looks unusual is left alone. `cell` is the
/// cell's part of the file, for places; `deployment` is what it says.
void lint_cell(Report& report, const Value& cell, const kit::Deployment& deployment);

/// Warns about what cells may share, once for all of them. `root` is the whole file.
void lint_cells(Report& report, const Value& root, const std::vector<Cell>& cells,
                const Knowledge& knowledge);

/// Warns about expectations that cannot be met. `expect` is that part of the file.
void lint_expectations(Report& report, const Value& expect, const Scenario& scenario,
                       const Knowledge& knowledge);

}  // namespace indoubt::scenarios
