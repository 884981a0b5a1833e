#pragma once

#include <optional>
#include <string>

namespace indoubt::external {

/// The user of the program has said that scenarios may start programs. Until then nothing is
/// started: scenarios come from anywhere, and reading or running one must do no harm.
void allow_programs();
bool are_programs_allowed();

/// Two processes of a node were told the same and answered differently: no run with it means
/// anything. Kept is what was found first.
void note_difference(const std::string& what);
/// What was noted, if anything was.
std::optional<std::string> noted_difference();

}  // namespace indoubt::external
