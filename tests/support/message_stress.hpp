#pragma once

#include <utility>

#include "search/run/simulation.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/deliveries.hpp"
#include "tests/support/stress.hpp"

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
      : simulation_{search::make_simulation(
            stress::slowed(std::move(deployment), group_commit, is_lossy))},
        world_{simulation_.plan} {}

  /// Where orders are committed, in an order that every service must keep to.
  void keeps_order_of(sim::NodeId node) { committer_ = node; }

  void run(std::uint64_t schedules) {
    stress::run_drawn(world_, {.seeds = schedules}, [this](const Facts& facts) { check(facts); });
  }

  Seen seen{};

 private:
  void check(const Facts& facts) {
    REQUIRE(world_.end_reason() == sim::EndReason::rest);
    REQUIRE_FALSE(loses(facts, services, orders));
    REQUIRE_FALSE(has_ghost(facts, orders));
    REQUIRE_FALSE(repeats(facts, services, orders));
    if (committer_) REQUIRE_FALSE(reorders(facts, services, *committer_));
    // Whoever took note of an order gave it units or declined it.
    REQUIRE(facts.assigned() + facts.count(FactKind::refused) == applied_at_services(facts));
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
    seen.lost += stress::lost_in(world_);
  }

  static std::size_t applied_at_services(const Facts& facts) {
    std::size_t found = 0;
    for (std::size_t i = 1; i <= services; ++i) {
      found += facts.count(FactKind::applied, {.node = service(i), .order = {}, .value = {}});
    }
    return found;
  }

  search::Simulation simulation_;
  sim::World world_;
  std::optional<sim::NodeId> committer_{};
};

}  // namespace indoubt::test
