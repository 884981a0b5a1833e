#pragma once

#include <functional>

#include "cli/exit_code.hpp"
#include "cli/explore_options.hpp"
#include "cli/selection.hpp"
#include "reports/explore_result.hpp"
#include "search/journal/store.hpp"

namespace indoubt::cli {

/// What has shares of the exhaustive search of a cell, by its number from 0.
using StoreOfCell = std::function<search::ShareStore*(std::size_t cell)>;

/// Searches every selected cell, reduces what is found, and saves each kind of counterexample once.
/// Interrupted, or when the time is up, it gives what there is. With `store` an exhaustive
/// search takes what is there, in place of a journal.
reports::ExploreResult explore_selection(Selection selection, const ExploreOptions& options,
                                         const StoreOfCell& store = {});

/// What a result means for the exit code.
ExitCode exit_code_of(const reports::ExploreResult& result);

}  // namespace indoubt::cli
