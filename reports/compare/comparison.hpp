#pragma once

#include <span>
#include <string>

#include "reports/scenario_result.hpp"
#include "reports/text/style.hpp"

namespace indoubt::reports {

// Protocols side by side, on the same seeds and faults. Each scenario stands for a class of fault;
// its first cell is what the others are paired with.

struct Comparison {
  std::span<const ScenarioResult> results;
  bool is_complete = true;  ///< all that was asked for was run to its end
};

/// For a terminal.
std::string comparison_text(const Comparison& comparison, const Style& style);
/// The same tables in Markdown.
std::string comparison_markdown(const Comparison& comparison);
/// One line for each figure: scenario, protocol, cell, measure, name, value, low, high, count. One
/// with the measure "partial" ends a comparison that is not complete.
std::string comparison_csv(const Comparison& comparison);
/// One object on one line; integers, strings and `complete` only.
std::string comparison_json(const Comparison& comparison);

}  // namespace indoubt::reports
