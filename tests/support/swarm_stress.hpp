#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "tests/support/atomic_stress.hpp"
#include "tests/support/stress.hpp"

/// The same as `atomic_stress.hpp` with the faults of random exploration: they strike every node that
/// a family adds, and some nodes stay down.
namespace indoubt::test::stress {

struct SwarmSeen : Seen {
  std::size_t all_up = 0;  ///< runs in which everybody is up in the end
};

inline void check_swarm(const sim::World& world, const Facts& facts, SwarmSeen& seen) {
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
  seen.lost += lost_in(world);
  if (facts.count(FactKind::crashed) != facts.count(FactKind::restarted)) return;
  ++seen.all_up;
  REQUIRE(world.end_reason() == sim::EndReason::rest);
  check_rest(facts);
}

/// Faults last about as long as one of the `waits`.
inline SwarmSeen run_swarm(const Deployment& made, std::uint64_t seeds,
                           std::vector<sim::Duration> waits) {
  const auto simulation = search::make_simulation(made);
  sim::World world{simulation.plan};
  SwarmSeen seen;
  const Draws draws{
      .seeds = seeds, .profiled = 1, .waits = std::move(waits), .all_come_back = false};
  run_drawn(world, draws, [&](const Facts& facts) { check_swarm(world, facts, seen); });
  return seen;
}

}  // namespace indoubt::test::stress
