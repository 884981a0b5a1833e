#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "search/run/cell_result.hpp"
#include "search/run/simulation.hpp"

namespace indoubt::search {

/// How to run a cell many times.
struct CampaignOptions {
  std::uint64_t first_seed = 1;
  std::uint64_t runs = 1;
  unsigned jobs = 1;
  bool keep_samples = false;   ///< fill in `CellResult::samples` and `detail`
  bool keep_outcomes = false;  ///< fill in `CellResult::orders_by_run`
  /// One run in so many is made a second time and compared; 0: none.
  std::uint64_t recheck_every = 20;
  /// Called now and then, from any thread but never from two at once, with the runs finished.
  std::function<void(std::uint64_t runs_done)> progress{};
  /// Set from outside to stop early; the result then covers the seeds that were finished in order.
  const std::atomic<bool>* stop = nullptr;
};

/// Runs a cell with consecutive seeds. The result does not depend on `jobs`.
CellResult run_campaign(const Simulation& simulation, const CampaignOptions& options);

}  // namespace indoubt::search
