#pragma once

#include <map>
#include <utility>

#include "tests/support/stress.hpp"

/// Random schedules of everything at once for families that take step by step and give back what they
/// took, and what must hold whatever happens.
namespace indoubt::test::stress {

/// Three services with too little for all orders. Everybody who crashes comes back.
class CompensationStress {
 public:
  static constexpr std::size_t services = 3;
  static constexpr std::uint32_t orders = 4;
  static constexpr std::uint32_t units = 2;  ///< of each service

  explicit CompensationStress(const Deployment& deployment)
      : simulation_{search::make_simulation(deployment)}, world_{simulation_.plan} {}

  void run(const Draws& draws) {
    run_drawn(world_, draws, [this](const Facts& facts) {
      check_safety(facts);
      REQUIRE(world_.end_reason() == sim::EndReason::rest);
      check_rest(facts);
      answers.add(facts, orders);
      undone += facts.count(FactKind::released);
      held += facts.count(FactKind::held);
      lost += lost_in(world_);
    });
  }

  // What was seen in all runs.
  Answers answers{};
  std::size_t undone = 0;
  std::size_t held = 0;
  std::size_t lost = 0;

 private:
  /// What holds at every instant: a unit has one owner, who may have held it before, and a decision
  /// stays.
  static void check_safety(const Facts& facts) {
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

  static void check_rest(const Facts& facts) {
    check_whole_and_true(facts, orders, services);
    for (std::uint32_t order = 1; order <= orders; ++order) {
      const bool is_taken = facts.assigned({.node = {}, .order = order, .value = {}}) != 0;
      if (is_taken) REQUIRE(facts.decided(Outcome::commit, order));
    }
  }

  search::Simulation simulation_;
  sim::World world_;
};

}  // namespace indoubt::test::stress
