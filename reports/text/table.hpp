#pragma once

#include <string>
#include <vector>

namespace indoubt::reports {

/// A table of text. Columns are as wide as their widest entry; figures are aligned to the right.
class Table {
 public:
  enum class Align { left, right };

  void add_column(std::string heading, Align align = Align::left);
  /// Adds a row; one entry for each column.
  void add_row(std::vector<std::string> entries);

  std::size_t rows() const { return rows_.size(); }
  /// Columns of the terminal that it takes, without an indent.
  std::size_t width() const;
  /// All lines, each after the indent and ended by a newline.
  std::string text(const std::string& indent) const;

 private:
  struct Column {
    std::string heading;
    Align align;
    std::size_t width;
  };
  std::string line(const std::vector<std::string>& entries) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace indoubt::reports
