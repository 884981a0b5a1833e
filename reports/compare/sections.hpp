#pragma once

#include <span>
#include <string>
#include <vector>

#include "reports/compare/sentence.hpp"
#include "reports/markdown.hpp"
#include "reports/scenario_result.hpp"
#include "reports/text/style.hpp"
#include "reports/text/table.hpp"

namespace indoubt::reports {

/// A table of a comparison, before anybody decides how it looks.
struct Section {
  using Column = MarkdownColumn;
  std::string title;
  std::string note{};                 ///< what the figures are; may be empty
  std::vector<Sentence> sentences{};  ///< that the figures come to
  std::vector<Column> columns{};      ///< the first says which cell
  std::vector<std::vector<std::string>> rows{};
};

/// Everything that a comparison shows, in order.
std::vector<Section> sections_of(std::span<const ScenarioResult> results, const Style& style);

// decision_sections.cpp
/// Three answers in words, each with its table of protocols by classes of fault, and each protocol
/// in a few words.
void add_decision(std::span<const ScenarioResult> results, const Style& style,
                  std::vector<Section>& sections);
/// "Protocols under loss and partition", "Protocols under six classes of fault".
std::string title_of(std::span<const ScenarioResult> results);
/// "13 protocols in 36 variants meet six classes of fault on the same seeds: ...".
std::string lead_text(std::span<const ScenarioResult> results);
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
/// Orders answered and placed per second, where messages take time.
void add_rates(const ScenarioResult& result, const std::string& heading,
               std::vector<Section>& sections);
/// Messages and forced writes for each order, against the formulas.
void add_costs(const ScenarioResult& result, const std::string& heading,
               std::vector<Section>& sections);

}  // namespace indoubt::reports
