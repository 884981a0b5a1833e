#include <algorithm>

#include "reports/compare/measures.hpp"
#include "reports/compare/sections.hpp"

namespace indoubt::reports {
namespace {

using properties::Property;
using properties::Verdict;

/// What stands for a cell that a scenario does not have, and for what a protocol cannot violate.
constexpr std::string_view not_run = "not run";
constexpr std::string_view not_applicable = "n/a";

/// Whether the property was judged in any cell, or would have been but for a bound.
bool is_judged(std::span<const ScenarioResult> results, Property property) {
  return std::any_of(results.begin(), results.end(), [&](const ScenarioResult& result) {
    return std::any_of(result.cells.begin(), result.cells.end(), [&](const CellOutcome& cell) {
      const search::PropertyResult& found = cell.result[property];
      return found.applies && found.checked + found.violations + found.owed + found.unknown != 0;
    });
  });
}

/// "+ <0.4%": in how many runs it may still be violated; "x 37/1000 2.7-5.1%"; "-": nothing to
/// judge.
std::string entry(const CellOutcome& cell, Property property, const Style& style) {
  const search::PropertyResult& found = cell.result[property];
  const Verdict verdict = found.verdict();
  if (verdict == Verdict::not_applicable) return std::string{not_applicable};
  if (verdict == Verdict::owed) {
    return std::string{glyph(style, verdict)} + " " + std::to_string(found.owed) + "/" +
           std::to_string(cell.result.runs);
  }
  const std::uint64_t judged = std::max(found.checked, found.violations);
  if (judged == 0) return found.unknown == 0 ? "-" : std::string{glyph(style, Verdict::unknown)};
  const Interval share = wilson(found.violations, judged);
  const std::string mark{glyph(style, verdict)};
  if (found.violations == 0) return mark + " <" + percent_up(share.high_ppm);
  return mark + " " + std::to_string(found.violations) + "/" + std::to_string(judged) + " " +
         percent_down(share.low_ppm) + "-" + percent_up(share.high_ppm);
}

std::string note_of(const Style& style) {
  return std::string{glyph(style, Verdict::violated)} +
         " k/n: violated in k of the n runs that exercised it, and between which shares of all "
         "runs "
         "that puts it (95%, Wilson, rounded outwards); " +
         std::string{glyph(style, Verdict::holds)} +
         " <p: in none of them, so in fewer than p of all runs; " +
         std::string{glyph(style, Verdict::unknown)} +
         ": the runs ended at a bound before it could be judged; " +
         std::string{glyph(style, Verdict::owed)} +
         " k/n: in k of n runs a node that was down for good would put it right if it came back; " +
         std::string{not_applicable} +
         ": the protocol cannot violate it. In all tables -: nothing to judge, to measure or to "
         "compare with";
}

Section by_property(const ScenarioResult& result, const Style& style) {
  Section section{.title = "Properties", .note = note_of(style), .columns = {{"protocol"}}};
  for (const CellOutcome& cell : result.cells)
    section.rows.push_back({label_of(result.cell_of(cell))});
  for (const properties::PropertyDecl& doc : properties::property_decls()) {
    if (!is_judged({&result, 1}, doc.property)) continue;
    section.columns.push_back({std::string{doc.name}});
    for (std::size_t i = 0; i < result.cells.size(); ++i) {
      section.rows[i].push_back(entry(result.cells[i], doc.property, style));
    }
  }
  return section;
}

/// The labels of all cells, in order of appearance.
std::vector<std::string> labels_of(std::span<const ScenarioResult> results) {
  std::vector<std::string> labels;
  for (const ScenarioResult& result : results) {
    for (const CellOutcome& cell : result.cells) {
      const std::string label = label_of(result.cell_of(cell));
      if (std::find(labels.begin(), labels.end(), label) == labels.end()) labels.push_back(label);
    }
  }
  return labels;
}

const CellOutcome* cell_named(const ScenarioResult& result, const std::string& label) {
  const auto& cells = result.cells;
  const auto at = std::find_if(cells.begin(), cells.end(), [&](const CellOutcome& cell) {
    return label_of(result.cell_of(cell)) == label;
  });
  return at == cells.end() ? nullptr : &*at;
}

Section by_class(std::span<const ScenarioResult> results, const properties::PropertyDecl& doc,
                 const Style& style) {
  Section section{
      .title = std::string{doc.name}, .note = std::string{doc.doc}, .columns = {{"protocol"}}};
  for (const std::string& heading : headings_of(results)) section.columns.push_back({heading});
  for (const std::string& label : labels_of(results)) {
    std::vector<std::string> row{label};
    for (const ScenarioResult& result : results) {
      const CellOutcome* cell = cell_named(result, label);
      row.push_back(cell == nullptr ? std::string{not_run} : entry(*cell, doc.property, style));
    }
    const bool is_idle = std::all_of(row.begin() + 1, row.end(), [](const std::string& text) {
      return text == "-" || text == not_run || text == not_applicable;
    });
    if (!is_idle) section.rows.push_back(std::move(row));
  }
  return section;
}

}  // namespace

void add_verdicts(std::span<const ScenarioResult> results, const Style& style,
                  std::vector<Section>& sections) {
  if (results.size() == 1) return sections.push_back(by_property(results.front(), style));
  sections.push_back({.title = "Properties", .note = note_of(style)});
  for (const properties::PropertyDecl& doc : properties::property_decls()) {
    if (is_judged(results, doc.property)) sections.push_back(by_class(results, doc, style));
  }
}

}  // namespace indoubt::reports
