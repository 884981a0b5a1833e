#include "sim/explore/swarm.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"

// Many random schedules of everything at once. What must hold whatever happens is written down by
// hand here, from the facts, so that the oracles and this test check each other.
namespace indoubt::test {
namespace {

constexpr std::uint16_t services = 3;
constexpr std::uint32_t orders = 4;

Deployment stressed(bool group_commit, bool is_lossy) {
  Deployment made = deployment("local-message-table", services, orders);
  made.network.latency = {sim::Distribution::Shape::exponential, 8ms, {}};
  if (is_lossy) {
    made.network.loss = {50'000'000};
    made.network.duplicate = {100'000'000};
    made.network.corrupt = {10'000'000};
  }
  for (auto& node : made.nodes) {
    node.disk.force = {sim::Distribution::Shape::exponential, 3ms, {}};
    node.disk.group_commit = group_commit;
  }
  made.workload.arrivals = {sim::Distribution::Shape::exponential, 20ms, {}};
  made.limits.quiet_after = sim::TrueTime{12s};
  made.limits.sim_time = sim::TrueTime{45s};
  return made;
}

/// What runs of this plan do, so that faults can aim at it.
sim::Profile profile_of(sim::World& world) {
  sim::Profiler profiler{world};
  world.observe(&profiler);
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    world.reset(seed);
    while (world.step()) {
    }
    profiler.finish_run();
  }
  world.observe(nullptr);
  return profiler.profile();
}

struct Seen {
  std::size_t placed = 0;
  std::size_t unknown = 0;
  std::size_t lost = 0;
};

/// An order is everywhere or nowhere, and everywhere once, once everybody is up again for long.
void check(const Facts& facts, Seen& seen) {
  REQUIRE_FALSE(facts.has(FactKind::not_placed));
  for (std::uint32_t order = 1; order <= orders; ++order) {
    const Which it{.node = {}, .order = order, .value = {}};
    const std::size_t effects = facts.decided(Outcome::commit, order) ? services : 0;
    REQUIRE(facts.count(FactKind::applied, it) == effects);
    REQUIRE(facts.assigned(it) == effects);
    if (facts.has(FactKind::placed, it)) REQUIRE(effects == services);
  }
  seen.placed += facts.count(FactKind::placed);
  seen.unknown += orders - facts.count(FactKind::placed);
}

}  // namespace

TEST_CASE("local message table: nothing random loses or doubles a message (20,000 schedules)",
          "[lmt][stress]") {
  const bool group_commit = GENERATE(false, true);
  const bool is_lossy = GENERATE(false, true);
  const auto simulation = protocols::make_simulation(stressed(group_commit, is_lossy));
  sim::World world{simulation.plan};
  sim::Swarm swarm{simulation.plan->plan(), profile_of(world), {.waits = {200ms, 2s}}};
  Seen seen;
  for (std::uint64_t seed = 1; seed <= 5000; ++seed) {
    INFO("seed " << seed);
    const std::span<const sim::Fault> drawn = swarm.draw(seed);
    sim::Schedule schedule{drawn.begin(), drawn.end()};
    for (sim::Fault& fault : schedule) fault.restart_after = fault.restart_after.value_or(700ms);
    world.reset(seed, schedule);
    while (world.step()) {
    }
    REQUIRE(world.end_reason() == sim::EndReason::rest);
    check(Facts{world}, seen);
    for (const sim::Fact& fact : world.history()) {
      seen.lost += fact.kind == FactKind::lost ? 1u : 0u;
    }
  }
  REQUIRE(seen.placed > 1000);
  REQUIRE(seen.unknown > 100);
  REQUIRE(seen.lost > 1000);
}

}  // namespace indoubt::test
