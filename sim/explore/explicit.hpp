#pragma once

#include <cstdint>

#include "sim/explore/recorder.hpp"
#include "sim/world/fault.hpp"
#include "sim/world/plan.hpp"
#include "sim/world/world.hpp"

namespace indoubt::sim {

/// Runs `schedule` and writes down what took place, in the form in which schedules are saved (see
/// `ScheduleRecorder`): what chance did to messages becomes `match` faults behind the others. With a
/// plan `without_chance`, the result gives the same digest for the same seed, and is its own explicit
/// form. `world` is left at the end of the run.
Schedule make_explicit(World& world, std::uint64_t seed, const Schedule& schedule,
                       Unfired unfired = Unfired::keep);

/// The plan with no message lost, copied or damaged on any link. Latencies vary as before.
Plan without_chance(Plan plan);

}  // namespace indoubt::sim
