#include <algorithm>
#include <array>

#include "reports/text/cell_table.hpp"
#include "reports/text/sections.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

using properties::Property;
using properties::Verdict;

bool is_everywhere(const ScenarioResult& result, Property property, Verdict verdict) {
  return std::all_of(result.cells.begin(), result.cells.end(), [&](const CellOutcome& cell) {
    return cell.result[property].verdict() == verdict;
  });
}

/// Nothing to judge in any run of the cell, unlike what a bound has cut short.
bool is_idle(const CellOutcome& cell, Property property) {
  const auto& found = cell.result[property];
  if (found.verdict() == Verdict::not_applicable) return true;
  return found.verdict() == Verdict::unknown && found.unknown == 0;
}

/// How a property is told.
enum class Telling { holds, holds_where_checked, idle, not_applicable, in_table };
constexpr std::size_t tellings = static_cast<std::size_t>(Telling::in_table) + 1;

Telling telling_of(const ScenarioResult& result, Property property) {
  if (is_everywhere(result, property, Verdict::holds)) return Telling::holds;
  if (is_everywhere(result, property, Verdict::not_applicable)) return Telling::not_applicable;
  const auto& cells = result.cells;
  const auto idle = [&](const CellOutcome& cell) { return is_idle(cell, property); };
  const auto holds = [&](const CellOutcome& cell) {
    return cell.result[property].verdict() == Verdict::holds;
  };
  if (std::all_of(cells.begin(), cells.end(), idle)) return Telling::idle;
  const bool is_plain = std::all_of(cells.begin(), cells.end(), [&](const CellOutcome& cell) {
    return idle(cell) || holds(cell);
  });
  return is_plain ? Telling::holds_where_checked : Telling::in_table;
}

std::string verdict_entry(const CellOutcome& cell, Property property, const Style& style) {
  const auto& found = cell.result[property];
  const Verdict verdict = found.verdict();
  std::string entry = marked(style, verdict);
  if (verdict == Verdict::violated || verdict == Verdict::owed) {
    const std::uint64_t runs = verdict == Verdict::owed ? found.owed : found.violations;
    entry += " " + std::to_string(runs) + "/" + std::to_string(cell.result.runs);
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
  std::array<std::vector<Property>, tellings> told;
  for (const properties::PropertyDecl& doc : properties::property_decls()) {
    const Telling telling = telling_of(result, doc.property);
    const bool is_not_applicable = telling == Telling::not_applicable;
    if (is_not_applicable && !is_listed(doc.property, Verdict::not_applicable)) continue;
    told[static_cast<std::size_t>(telling)].push_back(doc.property);
  }
  const auto list = [&](Telling telling) { return told[static_cast<std::size_t>(telling)]; };
  const std::string where = result.cells.size() > 1 ? " in every cell" : "";
  return cell_tables(result, verdict_columns(list(Telling::in_table), style), style) +
         list_line(list(Telling::holds), Verdict::holds, "hold" + where, style) +
         list_line(list(Telling::holds_where_checked), Verdict::holds,
                   "hold where there is something to check", style) +
         list_line(list(Telling::idle), Verdict::unknown, "unknown, nothing to check" + where,
                   style) +
         list_line(list(Telling::not_applicable), Verdict::not_applicable,
                   "n/a, the protocol cannot violate it" + where, style);
}

}  // namespace indoubt::reports
