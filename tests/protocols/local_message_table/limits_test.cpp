#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/support/verdicts.hpp"

// What a local message table cannot do, and what it can do although it looks as if it could not.
namespace indoubt::test {
namespace {

Deployment one_order(std::vector<NamedFault> faults = {}) {
  return with_faults(deployment("local-message-table"), std::move(faults));
}

NamedFault on_node(sim::Action action, std::string node, sim::Duration at) {
  NamedFault fault;
  fault.action = action;
  fault.at = sim::TrueTime{at};
  fault.nodes = {std::move(node)};
  return fault;
}

}  // namespace

TEST_CASE("local message table: a service that has nothing cannot stop an order (P=2)",
          "[lmt][limits]") {
  Deployment scarce = one_order();
  scarce.nodes.back().stock = {{"unit", 0}};
  const Facts facts = Run{scarce}.facts();
  REQUIRE(facts.has(FactKind::placed));
  REQUIRE(facts.has(FactKind::refused));
  REQUIRE(facts.count(FactKind::applied) == 2);
  REQUIRE(facts.assigned() == 1);
  const std::vector<std::string> broken = violated(scarce);
  REQUIRE(contains(broken, "truthful-reply"));
  REQUIRE(contains(broken, "atomicity"));
  REQUIRE_FALSE(contains(broken, "no-loss"));
}

TEST_CASE("local message table: a full disk only delays the effect (P=2)", "[lmt][limits]") {
  NamedFault full = on_node(sim::Action::disk, "s1", 0s);
  full.disk = sim::DiskFault::full;
  full.lasts = 3s;
  const Facts facts = Run{one_order({full})}.facts();
  REQUIRE_FALSE(facts.has(FactKind::refused));
  REQUIRE(facts.assigned() == 2);
}

TEST_CASE("local message table: a clock that is set back does not keep a lease (P=2)",
          "[lmt][limits]") {
  NamedFault clock = on_node(sim::Action::clock, "orders", 150ms);
  clock.jump = -1h;
  const NamedFault loss = on_messages(sim::Action::drop, messages("deliver", "orders", "s1", 1));
  const bool is_restarted = GENERATE(false, true);
  std::vector<NamedFault> faults{loss, clock};
  if (is_restarted) faults.push_back(crash_at("orders", 160ms, Keep::forced, 10ms));
  const Run run{one_order(faults)};
  REQUIRE(run.all_faults_fired());
  const std::vector<sim::Fact> facts = run.facts().all();
  REQUIRE(run.facts().count(FactKind::applied) == 2);
  const auto last = std::find_if(facts.rbegin(), facts.rend(), [](const sim::Fact& fact) {
    return fact.kind == FactKind::applied;
  });
  REQUIRE(last->time.time_since_epoch() < 1s);
}

}  // namespace indoubt::test
