#pragma once

#include <string>
#include <vector>

#include "reports/text/table.hpp"

namespace indoubt::reports {

/// A column of a Markdown table.
struct MarkdownColumn {
  std::string heading;
  Table::Align align = Table::Align::left;
};

/// A table in Markdown, each line ended by a newline. What would end a cell is escaped.
std::string markdown_table(const std::vector<MarkdownColumn>& columns,
                           const std::vector<std::vector<std::string>>& rows);

}  // namespace indoubt::reports
