#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/scenario_result.hpp"
#include "reports/text/style.hpp"

namespace indoubt::reports {

// The parts of a text report, in the order in which they are shown. Each is empty if it has nothing
// to say; otherwise it ends with a newline.

/// The conclusion, the name, what was run, and what it is for.
std::string headline_section(const ScenarioResult& result, const Style& style);
/// Expectations that were not met or could not be judged.
std::string unmet_section(const ScenarioResult& result, const Style& style);
/// Cells by properties, without properties that come out the same everywhere: those are listed.
std::string verdict_section(const ScenarioResult& result, const Style& style);
/// Violations that were expected, and those that no expectation speaks of.
std::string expected_violations_section(const ScenarioResult& result, const Style& style);
std::string observations_section(const ScenarioResult& result, const Style& style);
/// What the clients learnt and what it cost.
std::string figures_section(const ScenarioResult& result, const Style& style);
/// Which timeouts and waits each protocol had.
std::string settings_section(const ScenarioResult& result, const Style& style);
/// Faults that never took place, parts of the scenario that do not apply, what is still owed.
std::string notes_section(const ScenarioResult& result, const Style& style);

}  // namespace indoubt::reports
