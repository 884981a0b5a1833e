#include <algorithm>

#include "tests/protocols/saga/styles.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"

// What a choreographed saga costs for n services. An event is published and acknowledged, and then
// delivered and acknowledged for each consumer; its broker forces it, and so does its publisher.
namespace indoubt::test {
namespace {}  // namespace

TEST_CASE("saga: a placed order costs 6n + 2 messages and 3n + 2 forced writes (choreographed)",
          "[saga][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const bool group_commit = GENERATE(false, true);
  const Costs costs{with_group_commit(saga("choreographed", n), group_commit)};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  REQUIRE(costs.run().facts().count(FactKind::published) == n + 1);
  REQUIRE(costs.messages({"publish", "confirmed"}) == 2 * (n + 1));
  REQUIRE(costs.messages({"deliver", "consumed"}) == 4 * n);
  REQUIRE(costs.run().world().counters().messages == 6 * n + 2);
  REQUIRE(costs.run().world().counters().forced_writes == 3 * n + 2);
  REQUIRE(costs.forces("orders") == n + 1);
  REQUIRE(costs.forces("broker") == n + 1);
  REQUIRE(costs.records("broker") == (n + 1) + 2 * n);  // who has consumed what is not forced
  for (std::size_t i = 1; i <= n; ++i) {
    REQUIRE(costs.forces(service(i)) == 1);
    REQUIRE(costs.records(service(i)) == 2);  // that the event was dispatched is not forced
  }
}

TEST_CASE("saga: the client is answered after 6 message delays, whatever n (choreographed)",
          "[saga][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const std::vector<sim::Fact> facts = Run{saga("choreographed", n)}.facts().all();
  const auto placed = first_of(facts, FactKind::placed);
  REQUIRE(placed != facts.end());
  // The results of n steps wait in line for the broker's disk.
  const auto steps = static_cast<std::int64_t>(n);
  REQUIRE(placed->time.time_since_epoch() == 6 * 5ms + (steps + 4) * 1ms);
}

TEST_CASE("saga: an order that a service refuses is undone by all others, untold (choreographed)",
          "[saga][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const Costs costs{with_nothing_at(saga("choreographed", n), n)};
  const Facts facts = costs.run().facts();
  REQUIRE(facts.has(FactKind::not_placed));
  REQUIRE(facts.count(FactKind::released) == n - 1);
  // The failure goes to the other services, too, instead of to the order service alone.
  REQUIRE(costs.run().world().counters().messages == 6 * n + 2 + 2 * (n - 1));
  for (std::size_t i = 1; i < n; ++i) REQUIRE(costs.forces(service(i)) == 2);
  REQUIRE(costs.forces(service(n)) == 1);
}

}  // namespace indoubt::test
