#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>

#include "sim/explore/profile.hpp"
#include "sim/explore/swarm.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"

/// Many random schedules of everything at once, for protocols of atomic commitment in which a service
/// votes once. What must hold whatever happens is written down by hand here, from the facts, so that
/// the oracles and this check each other.
namespace indoubt::test {

struct CommitStress {
  static constexpr std::size_t services = 3;
  static constexpr std::uint32_t orders = 4;

  /// What all schedules together have come to.
  struct Seen {
    std::size_t placed = 0;
    std::size_t not_placed = 0;
    std::size_t unknown = 0;
    std::size_t all_up = 0;  ///< runs in which everybody is up in the end
    std::size_t lost = 0;    ///< records
  };

  /// Fewer units than there are orders, a slow network and slow disks.
  static Deployment deployed(std::string protocol, bool group_commit, bool is_lossy) {
    Deployment made = deployment(std::move(protocol), services, orders, 2);
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
    made.limits.sim_time = sim::TrueTime{60s};
    return made;
  }

  static Seen run(const Deployment& made, std::uint64_t seeds, sim::SwarmOptions options) {
    const auto simulation = protocols::make_simulation(made);
    sim::World world{simulation.plan};
    const sim::Profile profile = profile_of(world);
    sim::Swarm swarm{world.plan().plan(), profile, std::move(options)};
    Seen seen;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) run_one(world, seed, swarm.draw(seed), seen);
    return seen;
  }

 private:
  static sim::Profile profile_of(sim::World& world) {
    sim::Profiler profiler{world};
    world.observe(&profiler);
    world.reset(1);
    while (world.step()) {
    }
    profiler.finish_run();
    world.observe(nullptr);
    return profiler.profile();
  }

  static void run_one(sim::World& world, std::uint64_t seed, std::span<const sim::Fault> schedule,
                      Seen& seen) {
    INFO("seed " << seed);
    world.reset(seed, schedule);
    while (world.step()) {
    }
    const Facts facts{world};
    check_safety(facts, world);
    const std::size_t placed = facts.count(FactKind::placed);
    const std::size_t not_placed = facts.count(FactKind::not_placed);
    for (std::uint32_t order = 1; order <= orders; ++order) {
      const Which it{.node = {}, .order = order, .value = {}};
      const bool is_placed = facts.has(FactKind::placed, it);
      const bool is_not_placed = facts.has(FactKind::not_placed, it);
      REQUIRE_FALSE((is_placed && is_not_placed));
      seen.unknown += is_placed || is_not_placed ? 0u : 1u;
    }
    seen.placed += placed;
    seen.not_placed += not_placed;
    for (const sim::Fact& fact : world.history()) seen.lost += fact.kind == FactKind::lost ? 1u : 0u;
    if (facts.count(FactKind::crashed) != facts.count(FactKind::restarted)) return;
    ++seen.all_up;
    REQUIRE(world.end_reason() == sim::EndReason::rest);
    check_rest(facts);
  }

  /// At every instant: decisions agree and rest on all votes, and units have one owner.
  static void check_safety(const Facts& facts, const sim::World& world) {
    std::map<std::pair<sim::OrderId, sim::NodeId>, Outcome> votes;
    std::map<std::pair<sim::NodeId, std::uint32_t>, sim::OrderId> owner;
    std::map<sim::OrderId, std::size_t> yes;
    for (const sim::Fact& fact : facts.all()) {
      const bool commits = fact.outcome() == Outcome::commit;
      if (fact.kind == FactKind::voted) {
        const auto [vote, is_new] = votes.emplace(std::pair{fact.order, fact.node}, fact.outcome());
        REQUIRE(vote->second == fact.outcome());
        if (is_new && commits) ++yes[fact.order];
      }
      if (fact.kind == FactKind::decided && commits) REQUIRE(yes[fact.order] == services);
      if (fact.kind == FactKind::held) {
        REQUIRE(owner.emplace(std::pair{fact.node, fact.unit}, fact.order).second);
      }
      if (fact.kind == FactKind::assigned) REQUIRE(owner.at({fact.node, fact.unit}) == fact.order);
      if (fact.kind == FactKind::released) REQUIRE(owner.erase({fact.node, fact.unit}) == 1);
    }
    for (std::uint32_t order = 1; order <= world.plan().plan().orders; ++order) {
      REQUIRE_FALSE(facts.is_split(order));
    }
  }

  /// If everybody is up in the end: nobody waits, all or nothing is assigned, and clients were told
  /// the truth.
  static void check_rest(const Facts& facts) {
    REQUIRE(facts.held() == 0);
    for (std::uint32_t order = 1; order <= orders; ++order) {
      const Which it{.node = {}, .order = order, .value = {}};
      const std::size_t assigned = facts.assigned(it);
      REQUIRE((assigned == 0 || assigned == services));
      if (facts.has(FactKind::placed, it)) REQUIRE(assigned == services);
      if (facts.has(FactKind::not_placed, it)) REQUIRE(assigned == 0);
    }
  }
};

}  // namespace indoubt::test
