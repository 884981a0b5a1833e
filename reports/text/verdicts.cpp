#include <algorithm>

#include "reports/text/cell_table.hpp"
#include "reports/text/sections.hpp"

namespace indoubt::reports {
namespace {

using properties::Property;
using properties::Verdict;

bool is_everywhere(const ScenarioResult& result, Property property, Verdict verdict) {
  return std::all_of(result.cells.begin(), result.cells.end(), [&](const CellOutcome& cell) {
    return cell.result[property].verdict() == verdict;
  });
}

/// Nothing to judge in any run: not worth a column, unlike what a bound has cut short.
bool is_exercised_nowhere(const ScenarioResult& result, Property property) {
  return is_everywhere(result, property, Verdict::unknown) &&
         std::all_of(result.cells.begin(), result.cells.end(), [&](const CellOutcome& cell) {
           return cell.result[property].unknown == 0;
         });
}

std::string verdict_entry(const CellOutcome& cell, Property property, const Style& style) {
  const auto& found = cell.result[property];
  const Verdict verdict = found.verdict();
  std::string entry = marked(style, verdict);
  if (verdict == Verdict::violated) {
    entry += " " + std::to_string(found.violations) + "/" + std::to_string(cell.result.runs);
  }
  return entry;
}

std::vector<CellColumn> verdict_columns(const std::vector<Property>& shown, const Style& style) {
  std::vector<CellColumn> all;
  for (const Property property : shown) {
    all.push_back({.heading = std::string{name_of(property)},
                   .entry = [property, style](const CellOutcome& cell) {
                     return verdict_entry(cell, property, style);
                   }});
  }
  return all;
}

std::string list_line(const std::vector<Property>& listed, Verdict verdict, const std::string& what,
                      const Style& style) {
  if (listed.empty()) return {};
  std::string names;
  for (const Property property : listed) {
    names += (names.empty() ? "" : ", ") + std::string{name_of(property)};
  }
  const std::string mark{glyph(style, verdict)};
  return wrapped(what + ": " + names, style.width,
                 "  " + toned(style, tone_of(verdict), mark) + " ", "    ");
}

}  // namespace

std::string verdict_section(const ScenarioResult& result, const Style& style) {
  if (result.cells.empty()) return {};
  std::vector<Property> shown;
  std::vector<Property> holding;
  std::vector<Property> unexercised;
  for (const properties::PropertyDoc& doc : properties::property_docs()) {
    const bool holds = is_everywhere(result, doc.property, Verdict::holds);
    const bool is_idle = !holds && is_exercised_nowhere(result, doc.property);
    (holds ? holding : is_idle ? unexercised : shown).push_back(doc.property);
  }
  const std::string where = result.cells.size() > 1 ? " in every cell" : "";
  return cell_tables(result, verdict_columns(shown, style), style) +
         list_line(holding, Verdict::holds, (holding.size() > 1 ? "hold" : "holds") + where, style) +
         list_line(unexercised, Verdict::unknown, "unknown, nothing to check" + where, style);
}

}  // namespace indoubt::reports
