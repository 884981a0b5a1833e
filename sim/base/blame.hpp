#pragma once

#include <optional>
#include <string>

namespace indoubt::sim {

/// Says who is to blame if a check fails, where that is not indoubt; nothing if it is.
using Blame = std::optional<std::string> (*)();

/// A check that fails asks this first: code that is not ours may have broken what it relies on.
void ask_before_blame(Blame blame);

}  // namespace indoubt::sim
