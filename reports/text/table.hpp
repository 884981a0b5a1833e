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
  /// All lines, each after the indent and ended by a newline.
  std::string text(const std::string& indent) const;
  /// The same within a width, as tables below each other with an empty line between: each begins
  /// with the first `beginning` columns, and takes as many of the others as fit, at least one.
  std::string text_within(std::size_t width, std::size_t beginning,
                          const std::string& indent) const;

 private:
  struct Column {
    std::string heading;
    Align align;
    std::size_t width;
  };
  using Shown = std::vector<std::size_t>;  ///< columns, in order

  /// Columns of the terminal that these take, without an indent.
  std::size_t width_of(const Shown& shown) const;
  std::string text_of(const Shown& shown, const std::string& indent) const;
  std::string line(const std::vector<std::string>& entries, const Shown& shown) const;
  Shown first(std::size_t count) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace indoubt::reports
