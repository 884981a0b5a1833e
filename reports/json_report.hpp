#pragma once

#include <string>

#include "reports/scenario_result.hpp"

namespace indoubt::reports {

/// The result as one JSON object on one line, ended by a newline: integers and strings only, keys
/// in a fixed order, the same bytes for the same result.
std::string json_report(const ScenarioResult& result);

}  // namespace indoubt::reports
