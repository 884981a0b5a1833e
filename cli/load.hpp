#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace indoubt::cli {

/// Reads a scenario file; "-" is standard input, and what that extends is looked for in the present
/// folder. What is wrong, and what looks wrong, goes to standard error; errors also
/// to `problems`, if that is not null.
std::optional<scenarios::Scenario> load_scenario(const std::string& file,
                                                 std::string* problems = nullptr);

/// The same, but warnings are the caller's to tell.
std::optional<scenarios::Scenario> read_scenario(const std::string& file,
                                                 std::string* problems = nullptr);

/// The file of a scenario and those that it extends.
std::vector<std::string> files_of(const scenarios::Scenario& scenario);

}  // namespace indoubt::cli
