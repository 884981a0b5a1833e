#include "reports/text/table.hpp"

#include <algorithm>
#include <numeric>

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

std::size_t Table::width_of(const Shown& shown) const {
  std::size_t width = 0;
  for (const std::size_t i : shown) width += columns_[i].width + gap;
  return width - (shown.empty() ? 0 : gap);
}

std::string Table::line(const std::vector<std::string>& entries, const Shown& shown) const {
  std::string line;
  for (const std::size_t i : shown) {
    if (i != shown.front()) line += std::string(gap, ' ');
    const std::size_t missing = columns_[i].width - columns(entries[i]);
    if (columns_[i].align == Align::right) line += std::string(missing, ' ');
    line += entries[i];
    if (columns_[i].align == Align::left) line += std::string(missing, ' ');
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string Table::text_of(const Shown& shown, const std::string& indent) const {
  std::vector<std::string> headings;
  for (const Column& column : columns_) headings.push_back(column.heading);
  std::string text = indent + line(headings, shown) + "\n";
  for (const auto& row : rows_) text += indent + line(row, shown) + "\n";
  return text;
}

Table::Shown Table::first(std::size_t count) const {
  Shown shown(count);
  std::iota(shown.begin(), shown.end(), std::size_t{0});
  return shown;
}

std::string Table::text(const std::string& indent) const {
  return text_of(first(columns_.size()), indent);
}

std::string Table::text_within(std::size_t width, std::size_t beginning,
                               const std::string& indent) const {
  std::string text;
  for (std::size_t next = beginning; next < columns_.size();) {
    Shown shown = first(beginning);
    do {
      shown.push_back(next++);
    } while (next < columns_.size() &&
             width_of(shown) + gap + columns_[next].width + indent.size() <= width);
    text += (text.empty() ? "" : "\n") + text_of(shown, indent);
  }
  return text;
}

}  // namespace indoubt::reports
