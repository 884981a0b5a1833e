#include "reports/text/table.hpp"

#include <algorithm>

#include "reports/text/style.hpp"

namespace indoubt::reports {
namespace {

constexpr std::size_t gap = 2;

}  // namespace

void Table::add_column(std::string heading, Align align) {
  const std::size_t width = columns(heading);
  columns_.push_back({std::move(heading), align, width});
}

void Table::add_row(std::vector<std::string> entries) {
  entries.resize(columns_.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    columns_[i].width = std::max(columns_[i].width, columns(entries[i]));
  }
  rows_.push_back(std::move(entries));
}

std::size_t Table::width() const {
  std::size_t width = 0;
  for (const Column& column : columns_) width += column.width + gap;
  return width - (columns_.empty() ? 0 : gap);
}

std::string Table::line(const std::vector<std::string>& entries) const {
  std::string line;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (i != 0) line += std::string(gap, ' ');
    const std::size_t missing = columns_[i].width - columns(entries[i]);
    if (columns_[i].align == Align::right) line += std::string(missing, ' ');
    line += entries[i];
    if (columns_[i].align == Align::left) line += std::string(missing, ' ');
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string Table::text(const std::string& indent) const {
  std::vector<std::string> headings;
  for (const Column& column : columns_) headings.push_back(column.heading);
  std::string text = indent + line(headings) + "\n";
  for (const auto& row : rows_) text += indent + line(row) + "\n";
  return text;
}

}  // namespace indoubt::reports
