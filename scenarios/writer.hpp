#pragma once

#include <cstddef>
#include <string>

#include "scenarios/scenario.hpp"

namespace indoubt::scenarios {

/// One cell of a scenario as a scenario file of its own, without a sweep: its deployment, with
/// every fault spelled out, the seeds, and the expectations that are about this cell. What equals
/// a default is left out; reading it gives an equal deployment. This is how counterexamples are
/// saved.
std::string write_scenario(const Scenario& scenario, std::size_t cell = 0);

}  // namespace indoubt::scenarios
