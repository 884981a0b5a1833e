#pragma once

#include <string_view>
#include <vector>

#include "scenarios/read/reader.hpp"
#include "scenarios/read/shape.hpp"
#include "scenarios/scenario.hpp"

namespace indoubt::scenarios {

/// Reads what a file says about itself: its format, name, description and tags. Complains about
/// unknown keys at the top of the file, too.
void read_head(Reader& reader, const Value& root, Scenario& scenario);

/// All keys at the top of a file.
std::vector<KeyDoc> top_keys();

}  // namespace indoubt::scenarios
