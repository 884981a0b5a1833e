#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"

// What a local message table costs for n services. A message is delivered and acknowledged; the
// order with its messages, the claim, and each effect are forced.
namespace indoubt::test {
namespace {

constexpr std::string_view lmt = "local-message-table";

}  // namespace

TEST_CASE("local message table: an order costs 2n messages and n + 2 forced writes",
          "[lmt][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const Costs costs{with_group_commit(deployment(std::string{lmt}, n), GENERATE(false, true))};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  REQUIRE(costs.run().facts().count(FactKind::applied) == n);
  REQUIRE(costs.messages({"deliver"}) == n);
  REQUIRE(costs.messages({"ack"}) == n);
  REQUIRE(costs.run().world().counters().messages == 2 * n);
  REQUIRE(costs.run().world().counters().forced_writes == n + 2);
  REQUIRE(costs.forces("orders") == 2);
  REQUIRE(costs.records("orders") == 2 + n);  // what is done is not forced
  for (std::size_t i = 1; i <= n; ++i) {
    REQUIRE(costs.forces(service(i)) == 1);
    REQUIRE(costs.records(service(i)) == 1);
  }
}

TEST_CASE("local message table: a message that is lost costs one more, and one more claim",
          "[lmt][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const std::string kind = GENERATE("deliver", "ack");
  const bool is_sent_to_service = kind == "deliver";
  const auto lost =
      is_sent_to_service ? messages(kind, "orders", "s1", 1) : messages(kind, "s1", "orders", 1);
  const Costs costs{
      with_faults(deployment(std::string{lmt}, n), {on_messages(sim::Action::drop, lost)})};
  REQUIRE(costs.run().facts().count(FactKind::applied) == n);
  REQUIRE(costs.messages({"deliver"}) == n + 1);
  REQUIRE(costs.messages({"ack"}) == n + (is_sent_to_service ? 0u : 1u));
  REQUIRE(costs.forces("orders") == 3);
  REQUIRE(costs.forces("s1") == 1);
}

TEST_CASE("local message table: the client is answered after 2 message delays and a force",
          "[lmt][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const std::vector<sim::Fact> facts = Run{deployment(std::string{lmt}, n)}.facts().all();
  const auto placed = first_of(facts, FactKind::placed);
  REQUIRE(placed != facts.end());
  REQUIRE(placed->time.time_since_epoch() == 2 * 5ms + 1ms);
  // The effects come later: seen by the worker after 100 ms, claimed, delivered.
  const auto applied = first_of(facts, FactKind::applied);
  REQUIRE(applied != facts.end());
  REQUIRE(applied->time.time_since_epoch() == 5ms + 1ms + 100ms + 1ms + 5ms);
}

TEST_CASE("local message table: messages of the order service to its own machine are free",
          "[lmt][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  Deployment together = deployment(std::string{lmt}, n);
  together.nodes[1].host = "orders";
  REQUIRE(Costs{together}.run().world().counters().messages == 2 * (n - 1));
}

}  // namespace indoubt::test
