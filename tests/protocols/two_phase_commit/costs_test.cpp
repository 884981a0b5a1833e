#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"

// What two-phase commit with presumed abort costs, against the formulas of Mohan, Lindsay and
// Obermarck: n services, final acknowledgements counted, the work before the protocol apart.
namespace indoubt::test {
namespace {

std::uint64_t commit_messages(const Costs& costs) {
  return costs.messages({"prepare", "vote", "commit", "abort", "ack", "inquiry", "presumed_abort"});
}

std::string service(std::size_t i) { return "s" + std::to_string(i); }

}  // namespace

TEST_CASE("2pc: a commit costs 4n messages and 1 + 2n forced writes (PA)", "[2pc][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const bool group_commit = GENERATE(false, true);
  Deployment good = deployment("two-phase-commit", n);
  for (auto& node : good.nodes) node.disk.group_commit = group_commit;
  const Costs costs{good};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  REQUIRE(commit_messages(costs) == 4 * n);
  for (const auto* kind : {"work", "worked", "prepare", "vote", "commit", "ack"}) {
    REQUIRE(costs.run().sent(kind) == n);
  }
  REQUIRE(costs.run().world().counters().messages == 6 * n);
  REQUIRE(costs.run().world().counters().forced_writes == 1 + 2 * n);
  REQUIRE(costs.forces("orders") == 1);
  REQUIRE(costs.records("orders") == 2);  // the end is not forced
  for (std::size_t i = 1; i <= n; ++i) {
    REQUIRE(costs.forces(service(i)) == 2);
    REQUIRE(costs.records(service(i)) == 2);
  }
}

TEST_CASE("2pc: an abort after yes votes costs 3n messages, and the coordinator nothing (PA)",
          "[2pc][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  // Everybody votes yes, but one vote comes after the coordinator has stopped waiting.
  const Costs costs{
      with_faults(deployment("two-phase-commit", n),
                  {on_messages(sim::Action::delay, messages("vote", "s1", "orders"), 1500ms)})};
  const Facts facts = costs.run().facts();
  REQUIRE(facts.has(FactKind::not_placed));
  REQUIRE(facts.count(FactKind::voted, {.node = {}, .order = 1, .value = Outcome::commit}) == n);
  REQUIRE(costs.run().sent("abort") == n);
  REQUIRE(commit_messages(costs) == 3 * n);
  REQUIRE(costs.forces("orders") == 0);
  REQUIRE(costs.records("orders") == 0);
  for (std::size_t i = 1; i <= n; ++i) {
    REQUIRE(costs.forces(service(i)) == 1);
    REQUIRE(costs.records(service(i)) == 2);  // prepared is forced, aborted is not
  }
}

TEST_CASE("2pc: a refusal ends the order before the protocol begins (PA)", "[2pc][costs]") {
  Deployment scarce = deployment("two-phase-commit", 3);
  scarce.nodes[2].stock = {{"unit", 0}};
  const Costs costs{scarce};
  REQUIRE(costs.run().facts().has(FactKind::not_placed));
  REQUIRE(costs.run().facts().has(FactKind::refused, {.node = "s2", .order = 1, .value = {}}));
  REQUIRE(costs.run().sent("prepare") == 0);
  REQUIRE(costs.run().sent("abort") == 2);
  REQUIRE(costs.run().world().counters().forced_writes == 0);
}

TEST_CASE("2pc: messages of the coordinator to its own machine are free (PA)", "[2pc][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  Deployment together = deployment("two-phase-commit", n);
  together.nodes[1].host = "orders";
  REQUIRE(commit_messages(Costs{together}) == 4 * (n - 1));
}

}  // namespace indoubt::test
