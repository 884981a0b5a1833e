#pragma once

#include <span>
#include <string>

#include "reports/scenario_result.hpp"
#include "reports/text/style.hpp"

namespace indoubt::reports {

// Protocols side by side, on the same seeds and faults. Each scenario stands for a class of fault;
// its first cell is what the others are paired with.

/// For a terminal.
std::string comparison_text(std::span<const ScenarioResult> results, const Style& style);
/// The same tables in Markdown.
std::string comparison_markdown(std::span<const ScenarioResult> results);
/// One line for each figure: scenario, protocol, cell, measure, name, value, low, high, count.
std::string comparison_csv(std::span<const ScenarioResult> results);
/// One object on one line; integers and strings only.
std::string comparison_json(std::span<const ScenarioResult> results);

}  // namespace indoubt::reports
