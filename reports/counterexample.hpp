#pragma once

#include <string>

#include "protocols/explore/shrink.hpp"
#include "scenarios/scenario.hpp"

namespace indoubt::reports {

/// A shrunk case as a scenario that replays it: one cell, one seed, the violation expected, and a
/// description of what happens. `origin` is the scenario from which it came.
scenarios::Scenario counterexample(const protocols::Shrunk& shrunk,
                                   const scenarios::Scenario& origin);

/// What goes wrong in the case and what comes of it, in sentences.
std::string counterexample_text(const protocols::Shrunk& shrunk);

}  // namespace indoubt::reports
