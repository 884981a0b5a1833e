#pragma once

#include "scenarios/knowledge.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/text/report.hpp"
#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {

/// Warns about what is expected of a property that the protocol of a cell cannot violate: whatever
/// the verdict, it never comes. That it is not violated may be expected of all if one can violate
/// it. `expect` is that part of the file.
void lint_judgeable(Report& report, const Value& expect, const Scenario& scenario,
                    const Knowledge& knowledge);

}  // namespace indoubt::scenarios
