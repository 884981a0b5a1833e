#include "tests/support/catch.hpp"
#include "tests/support/stress.hpp"

namespace indoubt::test {
namespace {

constexpr std::size_t services = 3;
constexpr std::uint32_t orders = 4;
constexpr std::uint32_t units = 2;  ///< of each service: fewer than there are orders

Deployment stressed(bool group_commit, bool is_lossy) {
  Deployment made =
      stress::slowed(deployment("tcc", services, orders, units), group_commit, is_lossy);
  made.protocol.options = {{"global_timeout", sim::Duration{300ms}}};
  return made;
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

}  // namespace

TEST_CASE("tcc: nothing random splits, leaks or lies (20,000 schedules)", "[tcc][stress]") {
  const bool group_commit = GENERATE(false, true);
  const bool is_lossy = GENERATE(false, true);
  const auto simulation = search::make_simulation(stressed(group_commit, is_lossy));
  sim::World world{simulation.plan};
  stress::Answers seen;
  std::size_t all_up = 0;
  const stress::Draws draws{
      .seeds = 5000, .profiled = 1, .waits = {300ms, 600ms, 2s}, .all_come_back = false};
  stress::run_drawn(world, draws, [&](const Facts& facts) {
    check_safety(facts);
    seen.add(facts, orders);
    if (facts.count(FactKind::crashed) != facts.count(FactKind::restarted)) return;
    ++all_up;
    REQUIRE(world.end_reason() == sim::EndReason::rest);
    REQUIRE(facts.held() == 0);
    stress::check_whole_and_true(facts, orders, services);
  });
  REQUIRE(seen.placed > 1000);
  REQUIRE(seen.not_placed > 1000);
  REQUIRE(seen.unknown > 500);
  REQUIRE(all_up > 3000);
}

}  // namespace indoubt::test
