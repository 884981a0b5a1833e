#include "sim/explore/profile.hpp"
#include "sim/explore/swarm.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"

// Many random schedules of everything at once. What must hold whatever happens is written down by
// hand here, from the facts, so that the oracles and this test check each other.
namespace indoubt::test {
namespace {

constexpr std::size_t services = 3;
constexpr std::uint32_t orders = 4;
constexpr std::uint32_t units = 2;  ///< of each service: fewer than there are orders

Deployment stressed(bool group_commit, bool is_lossy) {
  Deployment made = deployment("tcc", services, orders, units);
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
  made.protocol.options = {{"global_timeout", sim::Duration{300ms}}};
  return made;
}

sim::Profile profile_of(sim::World& world) {
  sim::Profiler profiler{world};
  world.observe(&profiler);
  world.reset(1);
  while (world.step()) {
  }
  profiler.finish_run();
  world.observe(nullptr);
  return profiler.profile();
}

/// What holds at every instant: the deciders agree, nothing is assigned that was not submitted, or
/// released that was not aborted, and units have one owner.
void check_safety(const Facts& facts) {
  std::map<std::pair<sim::NodeId, std::uint32_t>, sim::OrderId> owner;
  bool submitted[orders] = {};
  bool aborted[orders] = {};
  for (const sim::Fact& fact : facts.all()) {
    if (fact.kind == FactKind::decided) {
      bool& decided = fact.outcome() == Outcome::commit ? submitted[fact.order.index]
                                                        : aborted[fact.order.index];
      decided = true;
    }
    if (fact.kind == FactKind::held) {
      REQUIRE(owner.emplace(std::pair{fact.node, fact.unit}, fact.order).second);
    }
    if (fact.kind == FactKind::assigned) {
      REQUIRE(submitted[fact.order.index]);
      REQUIRE(owner.at({fact.node, fact.unit}) == fact.order);
    }
    if (fact.kind == FactKind::released) {
      REQUIRE(aborted[fact.order.index]);
      REQUIRE(owner.erase({fact.node, fact.unit}) == 1);
    }
  }
  for (std::uint32_t order = 1; order <= orders; ++order) REQUIRE_FALSE(facts.is_split(order));
}

/// What holds if everybody is up in the end: nothing is frozen, all or nothing is assigned, and
/// clients were told the truth.
void check_rest(const Facts& facts) {
  REQUIRE(facts.held() == 0);
  for (std::uint32_t order = 1; order <= orders; ++order) {
    const Which it{.node = {}, .order = order, .value = {}};
    const std::size_t assigned = facts.assigned(it);
    REQUIRE((assigned == 0 || assigned == services));
    if (facts.has(FactKind::placed, it)) REQUIRE(assigned == services);
    if (facts.has(FactKind::not_placed, it)) REQUIRE(assigned == 0);
  }
}

struct Seen {
  std::size_t placed = 0;
  std::size_t not_placed = 0;
  std::size_t unknown = 0;
  std::size_t all_up = 0;
};

void stress(sim::World& world, std::uint64_t seed, std::span<const sim::Fault> schedule,
            Seen& seen) {
  INFO("seed " << seed);
  world.reset(seed, schedule);
  while (world.step()) {
  }
  const Facts facts{world};
  check_safety(facts);
  const std::size_t placed = facts.count(FactKind::placed);
  const std::size_t not_placed = facts.count(FactKind::not_placed);
  seen.placed += placed;
  seen.not_placed += not_placed;
  seen.unknown += orders - placed - not_placed;
  if (facts.count(FactKind::crashed) != facts.count(FactKind::restarted)) return;
  ++seen.all_up;
  REQUIRE(world.end_reason() == sim::EndReason::rest);
  check_rest(facts);
}

}  // namespace

TEST_CASE("tcc: nothing random splits, leaks or lies (20,000 schedules)", "[tcc][stress]") {
  const bool group_commit = GENERATE(false, true);
  const bool is_lossy = GENERATE(false, true);
  const auto simulation = protocols::make_simulation(stressed(group_commit, is_lossy));
  sim::World world{simulation.plan};
  const sim::Profile profile = profile_of(world);
  sim::Swarm swarm{world.plan().plan(), profile, {.waits = {300ms, 600ms, 2s}}};
  Seen seen;
  for (std::uint64_t seed = 1; seed <= 5000; ++seed) stress(world, seed, swarm.draw(seed), seen);
  REQUIRE(seen.placed > 1000);
  REQUIRE(seen.not_placed > 1000);
  REQUIRE(seen.unknown > 500);
  REQUIRE(seen.all_up > 3000);
}

}  // namespace indoubt::test
