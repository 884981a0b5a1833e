#include <algorithm>

#include "reports/text/sections.hpp"
#include "reports/text/table.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

using properties::Property;
using properties::Verdict;

constexpr std::size_t most_rows = 60;
constexpr std::size_t widest_value = 28;

std::string shortened(const std::string& text) {
  return columns(text) <= widest_value ? text : text.substr(0, widest_value - 2) + "..";
}

bool has_protocol_variable(const ScenarioResult& result) {
  const auto& vars = result.scenario.cells.front().vars;
  return std::any_of(vars.begin(), vars.end(), [](const auto& var) { return var.first == "protocol"; });
}

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

Table verdict_table(const ScenarioResult& result, const std::vector<Property>& shown,
                    const Style& style) {
  Table table;
  for (const std::string& heading : cell_headings(result)) table.add_column(heading);
  for (const Property property : shown) table.add_column(std::string{name_of(property)});
  for (const CellOutcome& cell : result.cells) {
    if (table.rows() == most_rows) break;
    std::vector<std::string> row = cell_entries(result, cell);
    for (const Property property : shown) row.push_back(verdict_entry(cell, property, style));
    table.add_row(std::move(row));
  }
  return table;
}

/// As many tables below each other as it takes to stay within the width.
std::string verdict_tables(const ScenarioResult& result, const std::vector<Property>& all,
                           const Style& style) {
  std::string text;
  std::vector<Property> shown;
  for (const Property property : all) {
    shown.push_back(property);
    if (shown.size() == 1 || verdict_table(result, shown, style).width() + 2 <= style.width) continue;
    shown.pop_back();
    text += verdict_table(result, shown, style).text("  ") + "\n";
    shown = {property};
  }
  if (!shown.empty()) text += verdict_table(result, shown, style).text("  ");
  if (!shown.empty() && result.cells.size() > most_rows) {
    text += "  ... and " + count_of(result.cells.size() - most_rows, "cell") +
            " more; --format json has all\n";
  }
  return text;
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

std::vector<std::string> cell_headings(const ScenarioResult& result) {
  std::vector<std::string> headings;
  if (!has_protocol_variable(result)) headings.push_back("protocol");
  for (const auto& [name, value] : result.scenario.cells.front().vars) headings.push_back(name);
  return headings;
}

std::vector<std::string> cell_entries(const ScenarioResult& result, const CellOutcome& outcome) {
  const scenarios::Cell& cell = result.cell_of(outcome);
  std::vector<std::string> entries;
  if (!has_protocol_variable(result)) entries.push_back(cell.deployment.protocol.name);
  for (const auto& [name, value] : cell.vars) entries.push_back(shortened(value));
  return entries;
}

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
  return verdict_tables(result, shown, style) +
         list_line(holding, Verdict::holds, (holding.size() > 1 ? "hold" : "holds") + where, style) +
         list_line(unexercised, Verdict::unknown, "unknown, nothing to check" + where, style);
}

}  // namespace indoubt::reports
