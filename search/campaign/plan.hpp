#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "search/run/units.hpp"

namespace indoubt::search {

/// Consecutive runs of one cell.
struct Slice {
  std::size_t cell = 0;         ///< position in the list of cells, from 0
  std::uint64_t first_run = 0;  ///< from 0
  std::uint64_t runs = 0;
  bool operator==(const Slice&) const = default;
};

/// How the runs of a campaign over many machines are cut into units, the pieces that are made,
/// stored and taken up again as wholes. Units are numbered cell by cell, each by its seeds. What a
/// unit holds depends on the plan alone, and not on how many machines share in it.
struct CampaignPlan {
  std::size_t cells = 0;
  std::uint64_t first_seed = 1;
  std::uint64_t runs = 1;  ///< of each cell
  std::uint64_t unit_size = runs_per_unit;

  std::uint64_t units_of_cell() const { return (runs + unit_size - 1) / unit_size; }
  std::uint64_t units() const { return units_of_cell() * cells; }
  Slice slice(std::uint64_t unit) const;
  bool operator==(const CampaignPlan&) const = default;
};

/// The runs of a unit where nobody says how many: as many as a thread makes at once, or a multiple
/// of that, so that there are a few thousand units at most. Each is a file that is forced, which
/// takes longer than a few hundred short runs.
std::uint64_t usual_unit_size(std::size_t cells, std::uint64_t runs);

/// One of several shares of a campaign: every `of`-th unit, so that each has some of all cells.
struct Shard {
  std::uint64_t number = 1;  ///< from 1
  std::uint64_t of = 1;

  bool has(std::uint64_t unit) const { return unit % of == number - 1; }
};

/// The numbers of the shards that have any of these units, sorted.
std::vector<std::uint64_t> shards_with(const std::vector<std::uint64_t>& units, std::uint64_t of);

}  // namespace indoubt::search
