#pragma once

#include <nlohmann/json.hpp>

#include "reports/compare/comparison.hpp"

namespace indoubt::reports {

/// What `comparison_json` writes: docs/compare-json.md says what each part is.
nlohmann::ordered_json comparison_object(const Comparison& comparison);

}  // namespace indoubt::reports
