#pragma once

#include "cli/explore_options.hpp"
#include "cli/selection.hpp"
#include "reports/explore_result.hpp"

namespace indoubt::cli {

/// Searches the selected cells for the smallest sets of missing safeguards that violate a property,
/// and saves a counterexample of each. Cells that are not hardened, or have mistakes already, are
/// left out; throws `UsageError` if there are no others.
reports::ExploreResult leave_out_safeguards(Selection selection, const ExploreOptions& options);

}  // namespace indoubt::cli
