#pragma once

#include <optional>

#include "scenarios/text/report.hpp"
#include "scenarios/text/source.hpp"
#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {

/// Parses `sources[0]` and merges it over the files that it extends, which are added to `sources`.
/// The result has no `extends` any more. Nothing if a file could not be read as JSON.
std::optional<Value> load_merged(Sources& sources, Report& report);

}  // namespace indoubt::scenarios
