#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.hpp"
#include "scenarios/scenario.hpp"

namespace indoubt::cli {

/// What of a scenario is to be run.
struct Selection {
  scenarios::Scenario scenario;
  std::vector<std::size_t> cells;  ///< their numbers, from 0
  std::uint64_t first_seed = 1;
  std::uint64_t runs = 1;  ///< of each cell
  std::string overrides;   ///< options that changed what runs, as replaying needs them
};

/// Options that choose among what a scenario says, or change it.
std::vector<Option> selection_options();

/// Complains about names that no scenario could know, before any file is read.
void check_selection(const Arguments& arguments);

/// Applies the options to a scenario. Throws `UsageError` if nothing is left to run.
Selection select(scenarios::Scenario scenario, const Arguments& arguments);

/// How many runs at the same time: --jobs, or one for each processor.
unsigned jobs_of(const Arguments& arguments);

/// Whether one of its cells runs programs that the scenario names.
bool runs_programs(const scenarios::Scenario& scenario);
bool runs_programs(const Selection& selection);

/// Whether the scenario says that the property is violated in this cell.
bool calls_for_violation(const scenarios::Scenario& scenario, std::size_t cell,
                         std::string_view property);

}  // namespace indoubt::cli
