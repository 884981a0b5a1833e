#pragma once

#include <vector>

#include "scenarios/read/reader.hpp"
#include "scenarios/read/shape.hpp"
#include "scenarios/scenario.hpp"

namespace indoubt::scenarios {

/// Reads `expect` and finds out which of the scenario's cells each entry is about.
void read_expectations(Reader& reader, const Value& value, Scenario& scenario);

std::vector<TableDoc> expectation_tables();

}  // namespace indoubt::scenarios
