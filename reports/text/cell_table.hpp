#pragma once

#include <functional>
#include <string>
#include <vector>

#include "reports/scenario_result.hpp"
#include "reports/text/style.hpp"
#include "reports/text/table.hpp"

namespace indoubt::reports {

/// A column of a table that has a row for each cell.
struct CellColumn {
  std::string heading;
  Table::Align align = Table::Align::left;
  std::function<std::string(const CellOutcome&)> entry;
};

/// Tables that begin with the variables of each cell: one, or as many below each other as it takes
/// to stay within the width.
std::string cell_tables(const ScenarioResult& result, const std::vector<CellColumn>& columns,
                        const Style& style);

}  // namespace indoubt::reports
