#pragma once

#include "cli/explore_options.hpp"
#include "cli/selection.hpp"
#include "reports/explore_result.hpp"

namespace indoubt::cli {

/// Searches every selected cell, reduces what is found, and saves each kind of counterexample once.
/// Interrupted, or when the time is up, it gives what there is.
reports::ExploreResult explore_selection(Selection selection, const ExploreOptions& options);

}  // namespace indoubt::cli
