#pragma once

#include <functional>
#include <string>

/// Nothing that is started here outlives this program, however it ends.
namespace indoubt::reality {

/// Calls `work` with a new folder, in a process of its own, and returns what it returned. When it
/// is over or has thrown, or somebody asks to stop, or one of the two processes is killed, the
/// other one kills whatever descends from it, unmounts what is mounted in the folder and removes
/// it: orphans go to the nearest ancestor that asks for them, and both ask.
int guarded(const std::function<int(const std::string& folder)>& work);

}  // namespace indoubt::reality
