#pragma once

#include <span>
#include <string>

#include "reports/scenario_result.hpp"

namespace indoubt::reports {

/// Results as one JUnit XML document: a suite for each scenario, a test case for each expectation
/// in each cell. What is inconclusive is skipped; a violation that was expected passes and tells
/// itself in `system-out`; a file that could not be read is an error.
std::string junit_report(std::span<const ScenarioResult> results,
                         std::span<const UnreadableFile> unreadable);

}  // namespace indoubt::reports
