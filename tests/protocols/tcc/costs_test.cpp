#include "tests/support/costs.hpp"
#include "tests/support/catch.hpp"

// What try, confirm, cancel costs with a transaction manager of its own, for n services: begin and
// submit, a registration for each branch, and four messages for each branch to try and to confirm
// it. The manager answers the first three, too.
namespace indoubt::test {
namespace {

constexpr const char* manager = "transaction-manager";

}  // namespace

TEST_CASE("tcc: a commit costs 2 + 4n messages, n registrations, and answers", "[tcc][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const Costs costs{with_group_commit(deployment("tcc", n), GENERATE(false, true))};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  REQUIRE(costs.messages({"begin", "submit", "try", "tried", "confirm", "confirmed"}) == 2 + 4 * n);
  REQUIRE(costs.messages({"register"}) == n);
  REQUIRE(costs.messages({"began", "registered", "submitted"}) == 2 + n);
  REQUIRE(costs.run().world().counters().messages == 4 + 6 * n);
  REQUIRE(costs.run().world().counters().forced_writes == 2 + 3 * n);
  REQUIRE(costs.forces("orders") == 0);
  REQUIRE(costs.records("orders") == 0);
  REQUIRE(costs.forces(manager) == 2 + n);   // begun, each registration, the decision
  REQUIRE(costs.records(manager) == 3 + n);  // the end is not forced
  for (std::size_t i = 1; i <= n; ++i) {
    REQUIRE(costs.forces(service(i)) == 2);
    REQUIRE(costs.records(service(i)) == 2);
  }
}

TEST_CASE("tcc: an abort after everything was tried costs the same, with cancel for confirm",
          "[tcc][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  // Everybody froze something, but one answer comes after the transaction has timed out.
  const Costs costs{
      with_faults(deployment("tcc", n),
                  {on_messages(sim::Action::delay, messages("tried", "s1", "orders"), 1500ms)})};
  REQUIRE(costs.run().all_faults_fired());
  REQUIRE(costs.run().facts().has(FactKind::not_placed));
  REQUIRE(costs.messages({"begin", "submit", "try", "tried", "cancel", "cancelled"}) == 2 + 4 * n);
  REQUIRE(costs.run().world().counters().messages == 4 + 6 * n);
  REQUIRE(costs.forces(manager) == 2 + n);
  for (std::size_t i = 1; i <= n; ++i) REQUIRE(costs.forces(service(i)) == 2);
}

TEST_CASE("tcc: a refusal cancels every branch, also the one that refused", "[tcc][costs]") {
  Deployment scarce = deployment("tcc", 3);
  scarce.nodes[2].stock = {{"unit", 0}};
  const Costs costs{scarce};
  const Facts facts = costs.run().facts();
  REQUIRE(facts.has(FactKind::not_placed));
  REQUIRE(facts.has(FactKind::refused, {.node = "s2", .order = 1, .value = {}}));
  REQUIRE(facts.held() + facts.assigned() == 0);
  REQUIRE(costs.run().sent("confirm") == 0);
  REQUIRE(costs.run().sent("cancel") == 3);
  REQUIRE(costs.forces("s2") == 1);  // the fence, so that a late copy of the try finds it
}

TEST_CASE("tcc: a manager on the coordinator's machine costs 4n messages", "[tcc][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  Deployment together = deployment("tcc", n);
  together.nodes.push_back({.name = "tm", .role = "transaction-manager", .host = "orders"});
  const Costs costs{together};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  REQUIRE(costs.run().world().counters().messages == 4 * n);
  REQUIRE(costs.forces("tm") == 2 + n);
}

}  // namespace indoubt::test
