#pragma once

#include <vector>

#include "reports/trace/run_trace.hpp"

namespace indoubt::reports {

/// Of each step, the first that is like it: at the same node, set off by the same, about the same
/// order, with the same messages to the same nodes and the same end of each. `none` for a step that
/// says something of its own: it writes, or something becomes true by it, or it befalls its node.
/// What is alike is told once where nothing else comes between.
std::vector<Index> alike(const RunTrace& trace);

/// Steps are folded where so many are alike in the whole run.
inline constexpr std::size_t fewest_folded = 3;

}  // namespace indoubt::reports
