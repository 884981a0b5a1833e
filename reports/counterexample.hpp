#pragma once

#include <string>

#include "scenarios/scenario.hpp"
#include "search/shrink/shrink.hpp"

namespace indoubt::reports {

/// A shrunk case as a scenario that replays it: one cell, one seed, the violation expected, and a
/// description of what happens. `origin` is the scenario from which it came.
scenarios::Scenario counterexample(const search::Shrunk& shrunk,
                                   const scenarios::Scenario& origin);

/// What goes wrong in the case and what comes of it, in sentences.
std::string counterexample_text(const search::Shrunk& shrunk);

}  // namespace indoubt::reports
