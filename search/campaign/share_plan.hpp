#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace indoubt::search {

/// A share of an exhaustive search of several cells.
struct CellShare {
  std::size_t cell = 0;     ///< position in the list of cells, from 0
  std::uint64_t place = 0;  ///< among the shares of that cell (`ShareMaker::shares`), from 0
  bool operator==(const CellShare&) const = default;
};

/// How exhaustive searches of cells are cut into units, the pieces that are made, stored and taken
/// up again as wholes: a unit is a share. They are numbered cell by cell.
struct SharePlan {
  std::vector<std::uint64_t> shares{};  ///< how many each cell has

  std::uint64_t units() const;
  CellShare share(std::uint64_t unit) const;
  /// The number of the first unit of a cell.
  std::uint64_t first_of(std::size_t cell) const;
  bool operator==(const SharePlan&) const = default;
};

}  // namespace indoubt::search
