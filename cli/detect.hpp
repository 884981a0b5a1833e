#pragma once

#include "cli/arguments.hpp"
#include "cli/exit_code.hpp"

namespace indoubt::cli {

/// `list mutants --detect FILE...`: how each planted mistake shows in the cells of the scenarios.
/// Every mutant is looked for in one cell after the other until both strategies have seen it.
ExitCode detect_mutants(const Arguments& arguments, const std::vector<std::string>& files);

}  // namespace indoubt::cli
