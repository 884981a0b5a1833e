#pragma once

#include <span>
#include <string>

#include "reports/explore_result.hpp"
#include "reports/scenario_result.hpp"

namespace indoubt::reports {

/// Results as workflow commands of GitHub Actions, which shows them beside the files of a change:
/// an error for each expectation that failed and for each file that could not be read, a warning
/// for what is inconclusive, and one line that sums up.
std::string github_annotations(std::span<const ScenarioResult> results,
                               std::span<const UnreadableFile> unreadable);

/// The same of a search: an error for each finding.
std::string github_annotations(const ExploreResult& result);

}  // namespace indoubt::reports
