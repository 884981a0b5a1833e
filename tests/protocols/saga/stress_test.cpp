#include "sim/explore/swarm.hpp"
#include "tests/protocols/saga/styles.hpp"
#include "tests/support/catch.hpp"

// Many random schedules of everything at once. What must hold whatever happens is written down by
// hand here, from the facts, so that the oracles and this test check each other.
namespace indoubt::test {
namespace {

constexpr std::uint16_t services = 3;
constexpr std::uint32_t orders = 4;
constexpr std::uint32_t units = 2;  ///< of each service: fewer than there are orders

Deployment stressed(const std::string& style, bool group_commit, bool is_lossy) {
  Deployment made = with_group_commit(saga(style, services, orders, units), group_commit);
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
  made.protocol.options.emplace_back("call_timeout", sim::Duration{200ms});
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

/// What holds at every instant: a unit has one owner, and a decision stays.
void check_safety(const Facts& facts) {
  std::map<std::pair<sim::NodeId, std::uint32_t>, std::pair<sim::OrderId, FactKind>> owner;
  for (const sim::Fact& fact : facts.all()) {
    const std::pair unit{fact.node, fact.unit};
    if (fact.kind == FactKind::assigned && owner.contains(unit)) {
      REQUIRE(owner.at(unit) == std::pair{fact.order, FactKind::held});
      owner.erase(unit);
    }
    if (fact.kind == FactKind::held || fact.kind == FactKind::assigned) {
      REQUIRE(owner.emplace(unit, std::pair{fact.order, fact.kind}).second);
    }
    if (fact.kind == FactKind::released) {
      REQUIRE(owner.at(unit).first == fact.order);
      owner.erase(unit);
    }
  }
  for (std::uint32_t order = 1; order <= orders; ++order) REQUIRE_FALSE(facts.is_split(order));
}

/// What holds once everybody is up again for long: orders are whole, and clients were told the
/// truth.
void check_rest(const Facts& facts) {
  for (std::uint32_t order = 1; order <= orders; ++order) {
    const Which it{.node = {}, .order = order, .value = {}};
    const std::size_t assigned = facts.assigned(it);
    REQUIRE((assigned == 0 || assigned == services));
    if (facts.has(FactKind::placed, it)) REQUIRE(assigned == services);
    if (facts.has(FactKind::not_placed, it)) REQUIRE(assigned == 0);
    if (assigned != 0) REQUIRE(facts.decided(Outcome::commit, order));
  }
}

struct Seen {
  std::size_t placed = 0;
  std::size_t not_placed = 0;
  std::size_t unknown = 0;
  std::size_t undone = 0;
  std::size_t lost = 0;
};

void stress(sim::World& world, std::uint64_t seed, const sim::Schedule& schedule, Seen& seen) {
  INFO("seed " << seed);
  world.reset(seed, schedule);
  while (world.step()) {
  }
  const Facts facts{world};
  check_safety(facts);
  REQUIRE(world.end_reason() == sim::EndReason::rest);
  check_rest(facts);
  const std::size_t placed = facts.count(FactKind::placed);
  const std::size_t not_placed = facts.count(FactKind::not_placed);
  seen.placed += placed;
  seen.not_placed += not_placed;
  seen.unknown += orders - placed - not_placed;
  seen.undone += facts.count(FactKind::released);
  for (const sim::Fact& fact : world.history()) seen.lost += fact.kind == FactKind::lost ? 1u : 0u;
}

}  // namespace

TEST_CASE("saga: nothing random splits, leaks or lies (100,000 schedules)", "[saga][stress]") {
  const std::string style =
      GENERATE("orchestrated", "choreographed", "locking", "supervised", "queued");
  const bool group_commit = GENERATE(false, true);
  const bool is_lossy = GENERATE(false, true);
  const auto simulation = protocols::make_simulation(stressed(style, group_commit, is_lossy));
  sim::World world{simulation.plan};
  sim::Swarm swarm{simulation.plan->plan(), profile_of(world), {.waits = {200ms, 2s}}};
  Seen seen;
  INFO(style);
  for (std::uint64_t seed = 1; seed <= 5000; ++seed) {
    const std::span<const sim::Fault> drawn = swarm.draw(seed);
    sim::Schedule schedule{drawn.begin(), drawn.end()};
    for (sim::Fault& fault : schedule) fault.restart_after = fault.restart_after.value_or(700ms);
    stress(world, seed, schedule, seen);
  }
  REQUIRE(seen.placed > 1000);
  REQUIRE(seen.not_placed > 1000);
  REQUIRE(seen.unknown > 100);
  REQUIRE(seen.undone > 1000);
  REQUIRE(seen.lost > 1000);
}

}  // namespace indoubt::test
