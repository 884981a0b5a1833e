#pragma once

#include <cstdint>

#include "search/schedule/recorder.hpp"
#include "sim/world/fault.hpp"
#include "sim/world/plan.hpp"
#include "sim/world/world.hpp"

namespace indoubt::search {

/// Runs `schedule` and writes down what took place, in the form in which schedules are saved (see
/// `ScheduleRecorder`): what chance did to messages becomes `match` faults behind the others. With a
/// plan `without_chance`, the result gives the same digest for the same seed, and is its own explicit
/// form. `world` is left at the end of the run.
sim::Schedule make_explicit(sim::World& world, std::uint64_t seed, const sim::Schedule& schedule,
                       Unfired unfired = Unfired::keep);

/// The plan with no message lost, copied or damaged on any link. Latencies vary as before.
sim::Plan without_chance(sim::Plan plan);

}  // namespace indoubt::search
