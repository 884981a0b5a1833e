#include "sim/explore/swarm.hpp"
#include "tests/protocols/outbox/relays.hpp"
#include "tests/support/catch.hpp"

// Many random schedules of everything at once. What must hold whatever happens is written down by
// hand here, from the facts, so that the oracles and this test check each other.
namespace indoubt::test {
namespace {

constexpr std::size_t services = 3;
constexpr std::uint32_t orders = 5;
constexpr std::uint32_t units = 4;  ///< of each service: fewer than there are orders

Deployment stressed(const std::string& relay, bool group_commit, bool is_lossy) {
  Deployment made = with_group_commit(outbox(relay, services, orders, units), group_commit);
  made.network.latency = {sim::Distribution::Shape::exponential, 8ms, {}};
  if (is_lossy) {
    made.network.loss = {50'000'000};
    made.network.duplicate = {100'000'000};
    made.network.corrupt = {10'000'000};
  }
  for (auto& node : made.nodes) {
    node.disk.force = {sim::Distribution::Shape::exponential, 3ms, {}};
  }
  made.workload.arrivals = {sim::Distribution::Shape::exponential, 20ms, {}};
  made.limits.quiet_after = sim::TrueTime{12s};
  made.limits.sim_time = sim::TrueTime{45s};
  made.protocol.options = {{"relay", relay},
                           {"transaction", sim::Duration{40ms}},
                           {"poll", sim::Duration{30ms}}};
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
  std::size_t refused = 0;
  std::size_t republished = 0;
  std::size_t lost = 0;
};

void stress(sim::World& world, std::uint64_t seed, const sim::Schedule& schedule, Seen& seen) {
  INFO("seed " << seed);
  world.reset(seed, schedule);
  while (world.step()) {
  }
  REQUIRE(world.end_reason() == sim::EndReason::rest);
  const Facts facts{world};
  REQUIRE_FALSE(loses(facts, services, orders));
  REQUIRE_FALSE(has_ghost(facts, orders));
  REQUIRE_FALSE(repeats(facts, services, orders));
  REQUIRE_FALSE(reorders(facts, services));
  // Whoever took note of an order gave it units or declined it.
  REQUIRE(facts.assigned() + facts.count(FactKind::refused) == facts.count(FactKind::applied));
  std::size_t placed = 0;
  for (std::uint32_t order = 1; order <= orders; ++order) {
    if (!facts.has(FactKind::placed, {.node = {}, .order = order, .value = {}})) continue;
    REQUIRE(facts.decided(Outcome::commit, order));
    ++placed;
  }
  const std::size_t published = facts.count(FactKind::published);
  seen.placed += placed;
  seen.unknown += orders - placed;
  seen.refused += facts.count(FactKind::refused);
  REQUIRE(published >= facts.count(FactKind::applied));
  seen.republished += published - facts.count(FactKind::applied);
  for (const sim::Fact& fact : world.history()) seen.lost += fact.kind == FactKind::lost ? 1u : 0u;
}

}  // namespace

TEST_CASE("outbox: nothing random loses, repeats, invents or reorders (40,000 schedules)",
          "[outbox][stress]") {
  const std::string relay = GENERATE("polling", "log-tailing");
  const bool group_commit = GENERATE(false, true);
  const bool is_lossy = GENERATE(false, true);
  const auto simulation = protocols::make_simulation(stressed(relay, group_commit, is_lossy));
  sim::World world{simulation.plan};
  sim::Swarm swarm{simulation.plan->plan(), profile_of(world), {.waits = {200ms, 2s}}};
  Seen seen;
  INFO(relay);
  for (std::uint64_t seed = 1; seed <= 5000; ++seed) {
    const std::span<const sim::Fault> drawn = swarm.draw(seed);
    sim::Schedule schedule{drawn.begin(), drawn.end()};
    for (sim::Fault& fault : schedule) fault.restart_after = fault.restart_after.value_or(700ms);
    stress(world, seed, schedule, seen);
  }
  REQUIRE(seen.placed > 10'000);
  REQUIRE(seen.unknown > 100);
  REQUIRE(seen.refused > 10'000);
  REQUIRE(seen.republished > 100);
  REQUIRE(seen.lost > 500);
}

}  // namespace indoubt::test
