#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "search/schedule/profile.hpp"
#include "search/schedule/swarm.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"

/// What the stress tests of all families share: a world in which everything is slow at times, and
/// random schedules of everything at once. What must hold is each test's own to say, by hand and from
/// the facts, so that the oracles and the test check each other.
namespace indoubt::test::stress {

/// Everything is slow at times, and if it is lossy, messages get lost, copied and damaged.
inline Deployment slowed(Deployment made, bool group_commit, bool is_lossy) {
  made.network.latency = {sim::Distribution::Shape::exponential, 8ms, {}};
  if (is_lossy) {
    made.network.loss = {50'000'000};
    made.network.duplicate = {100'000'000};
    made.network.corrupt = {10'000'000};
  }
  for (auto& node : made.nodes) {
    node.disk.group_commit = group_commit;
    node.disk.force = {sim::Distribution::Shape::exponential, 3ms, {}};
  }
  made.workload.arrivals = {sim::Distribution::Shape::exponential, 20ms, {}};
  made.limits.quiet_after = sim::TrueTime{12s};
  made.limits.sim_time = sim::TrueTime{45s};
  return made;
}

/// What the first runs of this plan do, so that faults can aim at it.
inline search::Profile profile_of(sim::World& world, std::uint64_t runs) {
  search::Profiler profiler{world};
  world.observe(&profiler);
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    world.reset(seed);
    while (world.step()) {
    }
    profiler.finish_run();
  }
  world.observe(nullptr);
  return profiler.profile();
}

/// Which schedules are drawn.
struct Draws {
  std::uint64_t seeds = 5000;
  std::uint64_t profiled = 20;                   ///< runs that faults can aim at
  std::vector<sim::Duration> waits{200ms, 2s};  ///< faults last about as long as one of these
  bool all_come_back = true;                     ///< nobody stays down
};

/// Makes a run of each schedule, and has it checked.
template <typename Check>
void run_drawn(sim::World& world, const Draws& draws, Check&& check) {
  const search::Profile profile = profile_of(world, draws.profiled);
  search::Swarm swarm{world.plan().plan(), profile, {.waits = draws.waits}};
  for (std::uint64_t seed = 1; seed <= draws.seeds; ++seed) {
    INFO("seed " << seed);
    const std::span<const sim::Fault> drawn = swarm.draw(seed);
    sim::Schedule schedule{drawn.begin(), drawn.end()};
    for (sim::Fault& fault : schedule) {
      if (draws.all_come_back) fault.restart_after = fault.restart_after.value_or(700ms);
    }
    world.reset(seed, schedule);
    while (world.step()) {
    }
    check(Facts{world});
  }
}

/// What crashes undid in the run.
inline std::size_t lost_in(const sim::World& world) {
  std::size_t lost = 0;
  for (const sim::Fact& fact : world.history()) lost += fact.kind == FactKind::lost ? 1u : 0u;
  return lost;
}

/// What clients learnt in all runs, so that a test can tell whether anything happened.
struct Answers {
  std::size_t placed = 0;
  std::size_t not_placed = 0;
  std::size_t unknown = 0;

  void add(const Facts& facts, std::size_t orders) {
    const std::size_t now_placed = facts.count(FactKind::placed);
    const std::size_t now_not_placed = facts.count(FactKind::not_placed);
    placed += now_placed;
    not_placed += now_not_placed;
    unknown += orders - now_placed - now_not_placed;
  }
};

/// Once everybody is up again for long orders are whole, and clients were told the truth.
inline void check_whole_and_true(const Facts& facts, std::uint32_t orders, std::size_t services) {
  for (std::uint32_t order = 1; order <= orders; ++order) {
    const Which it{.node = {}, .order = order, .value = {}};
    const std::size_t assigned = facts.assigned(it);
    REQUIRE((assigned == 0 || assigned == services));
    if (facts.has(FactKind::placed, it)) REQUIRE(assigned == services);
    if (facts.has(FactKind::not_placed, it)) REQUIRE(assigned == 0);
  }
}

}  // namespace indoubt::test::stress
