#pragma once

#include "scenarios/read/reader.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/sweep/sweep.hpp"

namespace indoubt::scenarios {

/// Reads every cell of the sweep into `scenario.cells`. Combinations that come to the same
/// deployment are one cell.
void read_cells(Reader& reader, const Value& root, const Sweep& sweep, Scenario& scenario);

}  // namespace indoubt::scenarios
