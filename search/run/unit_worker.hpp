#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "search/run/campaign.hpp"
#include "search/run/trial.hpp"

namespace indoubt::search {

/// What some runs with consecutive seeds came to. Digests of cells are folds over their runs, which
/// cannot be joined, so those of the runs are kept as well.
struct UnitResult {
  CellResult result{};
  std::vector<std::uint64_t> digests{};  ///< of the runs, in seed order
  bool is_cut_short = false;             ///< stopped from outside: what follows has no predecessor
  bool operator==(const UnitResult&) const = default;
};

/// Adds the seeds that follow those of `sum`.
void append(CellResult& sum, const UnitResult& unit);

/// Makes runs of one cell, as one thread needs it.
class UnitWorker {
 public:
  /// Both outlive it. `jobs` and `progress` are nothing to it.
  UnitWorker(const Simulation& simulation, const CampaignOptions& options)
      : simulation_{&simulation}, options_{&options}, trial_{simulation} {}

  /// Makes `count` runs from the `first` one on, counted from 0 by their seeds. Which of them are
  /// made a second time depends on their numbers alone, not on where a unit begins.
  UnitResult run(std::uint64_t first, std::uint64_t count);

 private:
  bool is_rechecked(std::uint64_t run) const;
  void keep_sample(CellResult& result) const;
  void keep_outcomes(CellResult& result) const;
  void recheck(std::uint64_t seed, CellResult& result);

  const Simulation* simulation_;
  const CampaignOptions* options_;
  Trial trial_;
  std::unique_ptr<Trial> second_{};
};

}  // namespace indoubt::search
