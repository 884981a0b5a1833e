#pragma once

#include <span>
#include <string>

#include "reports/scenario_result.hpp"
#include "reports/text/style.hpp"

namespace indoubt::reports {

/// The result for people at a terminal: the conclusion, what was not as expected, a table of
/// verdicts, what was found and how to see it.
std::string text_report(const ScenarioResult& result, const Style& style);

/// One line for each scenario and the sum of all, for the end of a run of several files. Those that
/// could not be run are named, too: nobody should take the rest for all.
std::string text_summary(std::span<const ScenarioResult> results,
                         std::span<const UnreadableFile> unreadable, const Style& style);

}  // namespace indoubt::reports
