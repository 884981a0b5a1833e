#pragma once

#include <atomic>

#include "cli/exit_code.hpp"
#include "cli/progress.hpp"
#include "cli/selection.hpp"
#include "reports/scenario_result.hpp"
#include "search/run/simulation.hpp"

namespace indoubt::cli {

/// How all scenarios of a command are run.
struct Runner {
  unsigned jobs = 1;
  Progress& progress;
  const std::atomic<bool>& stop;
  bool keep_samples = false;   ///< of each run, for comparing
  bool keep_outcomes = false;  ///< of each order of each run
  std::uint64_t runs_done = 0;

  /// Runs every selected cell and judges the expectations. Interrupted, it gives what is finished.
  reports::ScenarioResult run(Selection selection);
};

/// The outcome of a cell that has not been run yet.
reports::CellOutcome outcome_of(std::size_t number, const search::Simulation& simulation);

/// What a result means for the exit code.
ExitCode exit_code_of(const reports::ScenarioResult& result);

}  // namespace indoubt::cli
