#pragma once

#include <string>

#include "reports/explore_result.hpp"
#include "reports/scenario_result.hpp"
#include "reports/text/style.hpp"

namespace indoubt::reports {

/// Whether a search was whole and has found nothing.
Met met_of(const ExploreResult& result);
/// "3 counterexamples", "nothing found", ...
std::string conclusion_of(const ExploreResult& result);

/// The result as one JSON object on one line, ended by a newline: integers and strings only, keys
/// in a fixed order, the same bytes for the same search.
std::string explore_json(const ExploreResult& result);

/// The result for people at a terminal: what was tried, what was found and how to replay it, what
/// the runs have really met.
std::string explore_text(const ExploreResult& result, const Style& style);

}  // namespace indoubt::reports
