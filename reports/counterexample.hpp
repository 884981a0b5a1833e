#pragma once

#include <string>

#include "scenarios/scenario.hpp"
#include "search/shrink/shrink.hpp"

namespace indoubt::reports {

/// A shrunk case as a scenario that replays it: one cell, one seed, and a description of what
/// happens. It is named after the scenario from which it came (`origin`), the protocol with its
/// mistake, and the property. `expected` is what it says of that: `violated`, so that it passes as
/// long as it shows what was found; or `holds`, so that it fails until that is mended, and guards
/// it from then on.
scenarios::Scenario counterexample(const search::Shrunk& shrunk, const scenarios::Scenario& origin,
                                   scenarios::Verdict expected = scenarios::Verdict::violated);

/// What goes wrong in the case and what comes of it, in sentences.
std::string counterexample_text(const search::Shrunk& shrunk);

}  // namespace indoubt::reports
