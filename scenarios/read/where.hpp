#pragma once

#include "scenarios/read/reader.hpp"
#include "scenarios/scenario.hpp"

namespace indoubt::scenarios {

/// Reads `where`, which may be null, and notes the cells that the expectation is about.
void read_where(Reader& reader, const Value* value, const Scenario& scenario,
                Expectation& expectation);

/// A value of a variable as reports show it: strings plain, other values as compact JSON.
std::string plain_text(const Value& value);

}  // namespace indoubt::scenarios
