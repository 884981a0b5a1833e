#pragma once

#include <string>
#include <vector>

#include "tests/reality/judge.hpp"

namespace indoubt::reality {

/// One line for each point, for a terminal.
std::string to_text(const Verdict& verdict);
/// All verdicts in one table, and how many outcomes were predicted.
std::string summary(const std::vector<Verdict>& verdicts);
/// The tables of docs/reality.md: the same whenever the same outcomes are seen.
std::string markdown(const std::vector<Verdict>& verdicts);

}  // namespace indoubt::reality
