#include "reports/text/cell_table.hpp"

#include <algorithm>
#include <map>

#include "reports/text/told_apart.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

constexpr std::size_t most_rows = 60;
constexpr std::size_t widest_value = 28;

bool has_protocol_variable(const ScenarioResult& result) {
  const auto& vars = result.scenario.cells.front().vars;
  return std::any_of(vars.begin(), vars.end(),
                     [](const auto& var) { return var.first == "protocol"; });
}

/// What the cells that are shown have for the variable at this place, by their numbers.
std::map<std::size_t, std::string> labels_of_variable(const ScenarioResult& result, std::size_t i) {
  std::vector<std::string> values;
  for (const CellOutcome& outcome : result.cells) {
    if (values.size() == most_rows) break;
    const auto& own = result.cell_of(outcome).vars;
    values.push_back(i < own.size() ? own[i].second : std::string{});
  }
  const std::vector<std::string> labels = told_apart(values, widest_value);
  std::map<std::size_t, std::string> by_number;
  for (std::size_t row = 0; row < labels.size(); ++row) {
    by_number[result.cells[row].number] = labels[row];
  }
  return by_number;
}

/// What tells cells apart; the protocol in any case.
std::vector<CellColumn> cell_columns(const ScenarioResult& result) {
  std::vector<CellColumn> all;
  if (!has_protocol_variable(result)) {
    all.push_back({.heading = "protocol", .entry = [&result](const CellOutcome& outcome) {
                     return std::string{result.cell_of(outcome).deployment.protocol.name()};
                   }});
  }
  const auto& vars = result.scenario.cells.front().vars;
  for (std::size_t i = 0; i < vars.size(); ++i) {
    all.push_back({.heading = vars[i].first,
                   .entry = [labels = labels_of_variable(result, i)](const CellOutcome& outcome) {
                     return labels.at(outcome.number);
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
