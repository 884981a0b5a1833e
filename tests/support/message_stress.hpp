#pragma once

#include <utility>

#include "protocols/simulation.hpp"
#include "sim/explore/swarm.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/deliveries.hpp"

/// Many random schedules of everything at once, for protocols that tell services what is committed
/// by messages. What must hold whatever happens is written down by hand here, from the facts, so
/// that the oracles and such a test check each other.
namespace indoubt::test {

class MessageStress {
 public:
  static constexpr std::size_t services = 3;
  static constexpr std::uint32_t orders = 5;
  static constexpr std::uint32_t units = 4;  ///< of each service: fewer than there are orders

  /// What was seen in all runs, so that a test can tell whether anything happened.
  struct Seen {
    std::size_t placed = 0;
    std::size_t unknown = 0;
    std::size_t refused = 0;
    std::size_t published = 0;
    std::size_t applied = 0;
    std::size_t lost = 0;
  };

  MessageStress(Deployment deployment, bool group_commit, bool is_lossy)
      : simulation_{protocols::make_simulation(
            stressed(std::move(deployment), group_commit, is_lossy))},
        world_{simulation_.plan} {}

  /// Where orders are committed, in an order that every service must keep to.
  void keeps_order_of(sim::NodeId node) { committer_ = node; }

  void run(std::uint64_t schedules) {
    sim::Swarm swarm{simulation_.plan->plan(), profile(), {.waits = {200ms, 2s}}};
    for (std::uint64_t seed = 1; seed <= schedules; ++seed) {
      const std::span<const sim::Fault> drawn = swarm.draw(seed);
      sim::Schedule schedule{drawn.begin(), drawn.end()};
      for (sim::Fault& fault : schedule) fault.restart_after = fault.restart_after.value_or(700ms);
      run_one(seed, schedule);
    }
  }

  Seen seen{};

 private:
  static Deployment stressed(Deployment made, bool group_commit, bool is_lossy) {
    made = with_group_commit(std::move(made), group_commit);
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
    return made;
  }

  /// What runs of this plan do, so that faults can aim at it.
  sim::Profile profile() {
    sim::Profiler profiler{world_};
    world_.observe(&profiler);
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      world_.reset(seed);
      while (world_.step()) {
      }
      profiler.finish_run();
    }
    world_.observe(nullptr);
    return profiler.profile();
  }

  void run_one(std::uint64_t seed, const sim::Schedule& schedule) {
    INFO("seed " << seed);
    world_.reset(seed, schedule);
    while (world_.step()) {
    }
    REQUIRE(world_.end_reason() == sim::EndReason::rest);
    const Facts facts{world_};
    REQUIRE_FALSE(loses(facts, services, orders));
    REQUIRE_FALSE(has_ghost(facts, orders));
    REQUIRE_FALSE(repeats(facts, services, orders));
    if (committer_) REQUIRE_FALSE(reorders(facts, services, *committer_));
    // Whoever took note of an order gave it units or declined it.
    REQUIRE(facts.assigned() + facts.count(FactKind::refused) == facts.count(FactKind::applied));
    std::size_t placed = 0;
    for (std::uint32_t order = 1; order <= orders; ++order) {
      REQUIRE_FALSE(facts.is_split(order));
      if (!facts.has(FactKind::placed, {.node = {}, .order = order, .value = {}})) continue;
      REQUIRE(facts.decided(Outcome::commit, order));
      ++placed;
    }
    seen.placed += placed;
    seen.unknown += orders - placed;
    seen.refused += facts.count(FactKind::refused);
    seen.published += facts.count(FactKind::published);
    seen.applied += facts.count(FactKind::applied);
    for (const sim::Fact& fact : world_.history()) {
      seen.lost += fact.kind == FactKind::lost ? 1u : 0u;
    }
  }

  protocols::Simulation simulation_;
  sim::World world_;
  std::optional<sim::NodeId> committer_{};
};

}  // namespace indoubt::test
