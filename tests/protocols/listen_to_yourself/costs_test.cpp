#include <algorithm>

#include "tests/protocols/listen_to_yourself/listening.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"

// Where the messages and forced writes of an undisturbed order are; how many there are in all is
// tested for every family in commit_costs_test.cpp.
namespace indoubt::test {

TEST_CASE("listen to yourself: an event costs a force where it is stored and where it is heard",
          "[listen][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const Costs costs{with_group_commit(listening(n), GENERATE(false, true))};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  REQUIRE(costs.run().facts().count(FactKind::published) == 1);
  REQUIRE(costs.run().facts().count(FactKind::applied) == n + 1);  // and at the publisher
  REQUIRE(costs.messages({"publish", "confirmed"}) == 2);
  REQUIRE(costs.messages({"deliver", "consumed"}) == 2 * (n + 1));
  REQUIRE(costs.forces("orders") == 1);
  REQUIRE(costs.forces("broker") == 1);
  REQUIRE(costs.records("broker") == 1 + n + 1);  // what was consumed is not forced
  for (std::size_t i = 1; i <= n; ++i) REQUIRE(costs.forces(service(i)) == 1);
}

TEST_CASE("listen to yourself: client and services wait for the broker's force, whatever n",
          "[listen][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const Facts facts = Run{listening(n)}.facts();
  for (const sim::Fact& fact : facts.all()) {
    const sim::Duration time = fact.time.time_since_epoch();
    if (fact.kind == FactKind::placed) REQUIRE(time == 5ms + 5ms + 1ms + 5ms + 5ms);
    if (fact.kind == FactKind::applied) REQUIRE(time == 5ms + 5ms + 1ms + 5ms);
  }
}

}  // namespace indoubt::test
