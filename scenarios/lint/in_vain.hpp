#pragma once

#include <vector>

#include "scenarios/knowledge.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/text/report.hpp"
#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {

/// Warns, once for all cells, about what changes nothing in any of them: a fault that meets nobody
/// or makes nothing worse, a bound for a queue in which nothing waits, poison and several consumers
/// where no messages come, and a mistake in what is not there. What is in vain in some cells alone
/// is how a sweep says what it starts from.
void lint_in_vain(Report& report, const Value& root, const std::vector<Cell>& cells,
                  const Knowledge& knowledge);

}  // namespace indoubt::scenarios
