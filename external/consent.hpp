#pragma once

#include <optional>
#include <string>

namespace indoubt::external {

/// The user of the program has said that scenarios may start programs. Until then nothing is
/// started: scenarios come from anywhere, and reading or running one must do no harm.
void allow_programs();
bool are_programs_allowed();

/// Notes why no run means anything: a program cannot be started, or does not depend on what it is
/// told alone. Kept is what was noted first.
void note_void(const std::string& why);
/// What was noted, if anything was.
std::optional<std::string> why_void();

}  // namespace indoubt::external
