#include "reports/markdown.hpp"

namespace indoubt::reports {
namespace {

std::string row_text(const std::vector<std::string>& entries) {
  std::string text = "|";
  for (const std::string& entry : entries) {
    text += ' ';
    for (const char c : entry) text += c == '|' ? "\\|" : std::string(1, c);
    text += " |";
  }
  return text + "\n";
}

}  // namespace

std::string markdown_table(const std::vector<MarkdownColumn>& columns,
                           const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::string> headings;
  std::string rule = "|";
  for (const MarkdownColumn& column : columns) {
    headings.push_back(column.heading);
    rule += column.align == Table::Align::right ? "---:|" : "---|";
  }
  std::string text = row_text(headings) + rule + "\n";
  for (const auto& row : rows) text += row_text(row);
  return text;
}

}  // namespace indoubt::reports
