#pragma once

#include <span>
#include <string>

#include "reports/explore_result.hpp"
#include "reports/scenario_result.hpp"

namespace indoubt::reports {

/// Results as one JUnit XML document: a suite for each scenario, a test case for each expectation
/// in each cell. What is inconclusive is skipped; a violation that was expected passes and tells
/// itself in `system-out`; a file that could not be read is an error.
std::string junit_report(std::span<const ScenarioResult> results,
                         std::span<const UnreadableFile> unreadable);

/// The same of a search: a test case that fails for each finding, with its variants; where there is
/// none, one that passes, or is skipped if the search was not whole.
std::string junit_report(const ExploreResult& result);

}  // namespace indoubt::reports
