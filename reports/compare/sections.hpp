#pragma once

#include <span>
#include <string>
#include <vector>

#include "reports/markdown.hpp"
#include "reports/scenario_result.hpp"
#include "reports/text/style.hpp"
#include "reports/text/table.hpp"

namespace indoubt::reports {

/// A table of a comparison, before anybody decides how it looks.
struct Section {
  using Column = MarkdownColumn;
  std::string title;
  std::string note{};             ///< what the figures are; may be empty
  std::vector<Column> columns{};  ///< the first says which cell
  std::vector<std::vector<std::string>> rows{};
};

/// Everything that a comparison shows, in order.
std::vector<Section> sections_of(std::span<const ScenarioResult> results, const Style& style);

// verdict_sections.cpp
/// What each property came to: with one scenario a table of cells by properties, otherwise for each
/// property a table of cells by classes of fault.
void add_verdicts(std::span<const ScenarioResult> results, const Style& style,
                  std::vector<Section>& sections);
// figure_sections.cpp
/// Differences to the scenario's first cell, run by run.
void add_differences(const ScenarioResult& result, const std::string& heading,
                     std::vector<Section>& sections);
/// Outcomes, latency, and what was waited for and held.
void add_latency(const ScenarioResult& result, const std::string& heading,
                 std::vector<Section>& sections);
/// Messages and forced writes for each order, against the formulas.
void add_costs(const ScenarioResult& result, const std::string& heading,
               std::vector<Section>& sections);

}  // namespace indoubt::reports
