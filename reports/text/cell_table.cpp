#include "reports/text/cell_table.hpp"

#include <algorithm>

#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

constexpr std::size_t most_rows = 60;
constexpr std::size_t widest_value = 28;

std::string shortened(const std::string& text) {
  return columns(text) <= widest_value ? text : text.substr(0, widest_value - 2) + "..";
}

bool has_protocol_variable(const ScenarioResult& result) {
  const auto& vars = result.scenario.cells.front().vars;
  return std::any_of(vars.begin(), vars.end(),
                     [](const auto& var) { return var.first == "protocol"; });
}

/// What tells cells apart; the protocol in any case.
std::vector<CellColumn> cell_columns(const ScenarioResult& result) {
  std::vector<CellColumn> all;
  if (!has_protocol_variable(result)) {
    all.push_back({.heading = "protocol", .entry = [&result](const CellOutcome& outcome) {
                     return result.cell_of(outcome).deployment.protocol.name;
                   }});
  }
  const auto& vars = result.scenario.cells.front().vars;
  for (std::size_t i = 0; i < vars.size(); ++i) {
    all.push_back({.heading = vars[i].first, .entry = [&result, i](const CellOutcome& outcome) {
                     const auto& own = result.cell_of(outcome).vars;
                     return i < own.size() ? shortened(own[i].second) : std::string{};
                   }});
  }
  return all;
}

Table make_table(const ScenarioResult& result, const std::vector<CellColumn>& all) {
  Table table;
  for (const CellColumn& column : all) table.add_column(column.heading, column.align);
  for (const CellOutcome& outcome : result.cells) {
    if (table.rows() == most_rows) break;
    std::vector<std::string> row;
    for (const CellColumn& column : all) row.push_back(column.entry(outcome));
    table.add_row(std::move(row));
  }
  return table;
}

}  // namespace

std::string cell_tables(const ScenarioResult& result, const std::vector<CellColumn>& columns,
                        const Style& style) {
  if (columns.empty() || result.cells.empty()) return {};
  std::vector<CellColumn> all = cell_columns(result);
  const std::size_t beginning = all.size();
  all.insert(all.end(), columns.begin(), columns.end());
  const std::string text = make_table(result, all).text_within(style.width, beginning, "  ");
  if (result.cells.size() <= most_rows) return text;
  return text + "  ... and " + count_of(result.cells.size() - most_rows, "cell") +
         " more; --format json has all\n";
}

}  // namespace indoubt::reports
