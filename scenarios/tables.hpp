#pragma once

#include <vector>

#include "scenarios/read/shape.hpp"

namespace indoubt::scenarios {

// The objects of scenario files, key by key, as the reader has them: for the schema and for help.

/// What cells are made of, in which variables may stand for values.
std::vector<TableDoc> cell_tables();
/// What is the same for all cells: the sweep and what is expected.
std::vector<TableDoc> file_tables();
/// All of them, the file itself first: its name is "scenario".
std::vector<TableDoc> all_tables();

}  // namespace indoubt::scenarios
