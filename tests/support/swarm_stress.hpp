#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "sim/explore/profile.hpp"
#include "sim/explore/swarm.hpp"
#include "tests/support/atomic_stress.hpp"

/// The same as `atomic_stress.hpp` with the faults of random exploration: they strike every node that
/// a family adds, and some nodes stay down.
namespace indoubt::test::stress {

struct SwarmSeen : Seen {
  std::size_t all_up = 0;  ///< runs in which everybody is up in the end
};

inline sim::Profile profile_of(sim::World& world) {
  sim::Profiler profiler{world};
  world.observe(&profiler);
  world.reset(1);
  while (world.step()) {
  }
  profiler.finish_run();
  world.observe(nullptr);
  return profiler.profile();
}

inline void run_swarm(sim::World& world, std::span<const Fault> schedule, std::uint64_t seed,
                      SwarmSeen& seen) {
  INFO("seed " << seed);
  world.reset(seed, schedule);
  while (world.step()) {
  }
  const Facts facts{world};
  check_safety(facts);
  for (std::uint32_t order = 1; order <= orders; ++order) {
    const Which it{.node = {}, .order = order, .value = {}};
    const bool is_placed = facts.has(FactKind::placed, it);
    const bool is_not_placed = facts.has(FactKind::not_placed, it);
    REQUIRE_FALSE((is_placed && is_not_placed));
    seen.placed += is_placed ? 1u : 0u;
    seen.not_placed += is_not_placed ? 1u : 0u;
    seen.unknown += is_placed || is_not_placed ? 0u : 1u;
  }
  for (const sim::Fact& fact : world.history()) seen.lost += fact.kind == FactKind::lost ? 1u : 0u;
  if (facts.count(FactKind::crashed) != facts.count(FactKind::restarted)) return;
  ++seen.all_up;
  REQUIRE(world.end_reason() == sim::EndReason::rest);
  check_rest(facts);
}

/// Faults last about as long as one of the `waits`.
inline SwarmSeen run_swarm(const Deployment& made, std::uint64_t seeds,
                           std::vector<sim::Duration> waits) {
  const auto simulation = protocols::make_simulation(made);
  sim::World world{simulation.plan};
  const sim::Profile profile = profile_of(world);
  sim::Swarm swarm{world.plan().plan(), profile, {.waits = std::move(waits)}};
  SwarmSeen seen;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) run_swarm(world, swarm.draw(seed), seed, seen);
  return seen;
}

}  // namespace indoubt::test::stress
