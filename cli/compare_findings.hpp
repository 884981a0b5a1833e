#pragma once

#include <atomic>
#include <vector>

#include "reports/compare/comparison.hpp"
#include "reports/compare/finding_choice.hpp"

namespace indoubt::cli {

/// Reduces each of the chosen violations to its smallest run, several at the same time; the result
/// does not depend on `jobs`. Stopped, it gives those that are finished.
std::vector<reports::ComparedFinding> reduce_findings(
    std::span<const reports::ScenarioResult> results,
    std::span<const reports::FindingChoice> choices, unsigned jobs, const std::atomic<bool>& stop);

}  // namespace indoubt::cli
