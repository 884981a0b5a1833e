#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/read/reader.hpp"
#include "scenarios/read/shape.hpp"

namespace indoubt::scenarios {

/// The values of all variables in one cell, in the order of `Sweep::names`. They point into the
/// `sweep` of the file.
using Combination = std::vector<const Value*>;

/// What `sweep` says: the variables, and every combination of their values that is to be run.
struct Sweep {
  struct Variable {
    std::string name;
    Span place{};
  };
  std::vector<Variable> variables{};
  std::vector<Combination> cells{};
  std::uint64_t first_seed = 1;
  std::uint64_t seed_count = 1;
};

/// Reads and expands `sweep`: the cross product of `matrix` with the last variable fastest, each
/// combination of it with every row of `zip`, without what `exclude` names, then what `include`
/// adds. `value` may be null: then, there is one cell without variables.
Sweep read_sweep(Reader& reader, const Value* value);

std::vector<TableDoc> sweep_tables();

}  // namespace indoubt::scenarios
