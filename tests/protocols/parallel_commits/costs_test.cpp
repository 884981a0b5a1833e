#include "tests/support/costs.hpp"
#include "tests/support/catch.hpp"

// What parallel commits cost: N services, of which the first has the transaction record.
namespace indoubt::test {
namespace {

std::uint64_t all_messages(const Costs& costs) {
  return costs.messages({"stage", "write_intent", "intent_written", "commit", "resolve", "push",
                         "staging", "query_intent", "intent_status", "recover"});
}

/// When the client was told, of an order that was placed at 0.
sim::Duration placed_after(const Costs& costs) {
  for (const sim::Fact& fact : costs.run().facts().all()) {
    if (fact.kind == FactKind::placed) return fact.time.time_since_epoch();
  }
  return {};
}

}  // namespace

TEST_CASE("parallel commits: a commit costs 3N messages and N+1 forced writes",
          "[parallel][costs]") {
  const auto n = GENERATE(range(std::size_t{1}, std::size_t{10}));
  const Costs costs{with_group_commit(deployment("parallel-commits", n), GENERATE(false, true))};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  REQUIRE(costs.run().facts().assigned() == n);
  REQUIRE(all_messages(costs) == 3 * n);
  REQUIRE(costs.run().world().counters().messages == 3 * n);
  REQUIRE(costs.run().sent("stage") + costs.run().sent("write_intent") == n);
  REQUIRE(costs.run().sent("resolve") == n - 1);
  REQUIRE(costs.run().world().counters().forced_writes == n + 1);
  REQUIRE(costs.records("orders") == 0);
  for (std::size_t i = 1; i <= n; ++i) {
    const std::string service = "s" + std::to_string(i);
    REQUIRE(costs.forces(service) == (i == 1 ? 2 : 1));
    REQUIRE(costs.records(service) == 2);
  }
}

TEST_CASE("parallel commits: the client waits for one round of consensus", "[parallel][costs]") {
  // A message takes 5ms and a force 1ms. Request and reply are not the protocol's.
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const Costs one_round{deployment("parallel-commits", n)};
  REQUIRE(placed_after(one_round) == 2 * 5ms + 2 * 5ms + 1ms);
  // Two-phase commit without its round of work: the vote, and then the decision.
  const Costs two_rounds{deployment("two-phase-commit", n)};
  REQUIRE(placed_after(two_rounds) == 2 * 5ms + 2 * 5ms + 2 * 5ms + 2 * 1ms);
}

TEST_CASE("parallel commits: a refusal costs a recovery", "[parallel][costs]") {
  Deployment scarce = deployment("parallel-commits", 3);
  scarce.nodes[2].stock = {{"unit", 0}};
  const Costs costs{scarce};
  REQUIRE(costs.run().facts().has(FactKind::not_placed));
  REQUIRE(costs.run().sent("push") == 1);
  REQUIRE(costs.run().sent("query_intent") == 3);
  REQUIRE(costs.run().sent("recover") == 1);
  REQUIRE(costs.run().sent("resolve") == 3);  // to two services and the coordinator
}

TEST_CASE("parallel commits: a refusal by the first service ends the order with its record",
          "[parallel][costs]") {
  Deployment scarce = deployment("parallel-commits", 3);
  scarce.nodes[1].stock = {{"unit", 0}};
  const Costs costs{scarce};
  REQUIRE(costs.run().facts().has(FactKind::not_placed));
  REQUIRE(costs.run().sent("query_intent") == 0);
  REQUIRE(costs.run().facts().held() == 0);
}

}  // namespace indoubt::test
