#pragma once

#include <vector>

#include "scenarios/sweep/sweep.hpp"

namespace indoubt::scenarios {

/// Fills in the variables of `matrix`, `zip` and `include`, and the combinations of the first two.
void read_axes(Reader& reader, const Value& sweep_value, Sweep& sweep);

/// The entries of `include` or `exclude`; complains about those that are no objects and about names
/// that are no variables. Null if the list is none.
const std::vector<Value>* read_bindings(Reader& reader, const Value& list, const Sweep& sweep);

}  // namespace indoubt::scenarios
