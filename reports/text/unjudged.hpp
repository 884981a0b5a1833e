#pragma once

#include <string>

#include "reports/explore_result.hpp"
#include "reports/text/style.hpp"

namespace indoubt::reports {

/// How many runs of a search could not be judged by which properties, and what bound is to blame.
/// Empty if there were none.
std::string unjudged_text(const ExploreResult& result, const Style& style);

}  // namespace indoubt::reports
