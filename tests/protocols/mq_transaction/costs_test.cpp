#include "tests/support/costs.hpp"
#include "tests/protocols/mq_transaction/modes.hpp"
#include "tests/support/catch.hpp"

// Where the messages and forced writes of an undisturbed order are; how many there are in all is
// tested for every family in commit_costs_test.cpp.
namespace indoubt::test {

TEST_CASE("mq transaction: the broker forces all messages of a transaction at once",
          "[mq][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const Costs costs{with_group_commit(mq("broker", n), GENERATE(false, true))};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  REQUIRE(costs.run().facts().count(FactKind::published) == n);
  REQUIRE(costs.run().facts().count(FactKind::applied) == n);
  REQUIRE(costs.messages({"begin", "begun", "commit", "committed"}) == 4);
  REQUIRE(costs.messages({"send"}) == n);
  REQUIRE(costs.messages({"deliver", "consumed"}) == 2 * n);
  REQUIRE(costs.forces("orders") == 2);
  REQUIRE(costs.forces("broker") == 1);
  REQUIRE(costs.records("broker") == 1 + n);  // what was consumed is not forced
  for (std::size_t i = 1; i <= n; ++i) REQUIRE(costs.forces(service(i)) == 1);
}

TEST_CASE("mq transaction: with a marker the messages are records of their own, and no forces",
          "[mq][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const Costs costs{with_group_commit(mq("marker", n), GENERATE(false, true))};
  REQUIRE(costs.run().facts().count(FactKind::published) == n);
  REQUIRE(costs.run().facts().count(FactKind::applied) == n);
  REQUIRE(costs.forces("broker") == 1);
  REQUIRE(costs.records("broker") == 1 + 2 * n);
}

TEST_CASE("mq transaction: a half message is one message, whatever the services", "[mq][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const Costs costs{with_group_commit(mq("half-message", n), GENERATE(false, true))};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  REQUIRE(costs.run().facts().count(FactKind::published) == 1);
  REQUIRE(costs.run().facts().count(FactKind::applied) == n);
  REQUIRE(costs.messages({"half", "half_stored", "end"}) == 3);
  REQUIRE(costs.messages({"check_back"}) == 0);
  REQUIRE(costs.forces("orders") == 1);
  REQUIRE(costs.forces("broker") == 2);
  REQUIRE(costs.records("broker") == 3 + n);
  for (std::size_t i = 1; i <= n; ++i) REQUIRE(costs.forces(service(i)) == 1);
}

TEST_CASE("mq transaction: as published nothing is answered", "[mq][costs][published]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const Costs costs{mq_as_published(n)};
  REQUIRE(costs.run().facts().count(FactKind::applied) == n);
  REQUIRE(costs.messages({"begin", "begun"}) == 2);
  REQUIRE(costs.run().world().counters().messages == 2 + 3 * n);
  REQUIRE(costs.run().world().counters().forced_writes == 1 + 2 * n);
}

}  // namespace indoubt::test
