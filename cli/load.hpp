#pragma once

#include <optional>
#include <string>

#include "scenarios/scenario.hpp"

namespace indoubt::cli {

/// Reads a scenario file. What is wrong, and what looks wrong, goes to standard error; errors also
/// to `problems`, if that is not null.
std::optional<scenarios::Scenario> load_scenario(const std::string& file,
                                                 std::string* problems = nullptr);

}  // namespace indoubt::cli
