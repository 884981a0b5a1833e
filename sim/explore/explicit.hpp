#pragma once

#include <cstdint>

#include "sim/world/fault.hpp"
#include "sim/world/plan.hpp"
#include "sim/world/world.hpp"

namespace indoubt::sim {

/// Runs `schedule` and writes down what chance did: every message that the network lost, copied or
/// damaged becomes a `match` fault, and every occurrence of an `every` fault an `at` fault named
/// "id#n". With a plan `without_chance`, the result gives the same digest for the same seed. It is
/// not minimal: faults that did not fire are still in it. `world` is left at the end of the run.
Schedule make_explicit(World& world, std::uint64_t seed, const Schedule& schedule);

/// The plan with no message lost, copied or damaged on any link. Latencies vary as before.
Plan without_chance(Plan plan);

}  // namespace indoubt::sim
