#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"

// What an orchestrated saga costs for n services. A step is two messages; its intent at the
// coordinator and its effect at the service are forced. What follows the pivot comes on top.
namespace indoubt::test {
namespace {}  // namespace

TEST_CASE("saga: a placed order costs 4n messages and 3n + 1 forced writes (orchestrated)",
          "[saga][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const Costs costs{with_group_commit(deployment("saga", n), GENERATE(false, true))};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  REQUIRE(costs.messages({"step", "step_done"}) == 2 * n);
  REQUIRE(costs.messages({"complete", "completed"}) == 2 * n);
  REQUIRE(costs.run().world().counters().messages == 4 * n);
  REQUIRE(costs.run().world().counters().forced_writes == 3 * n + 1);
  REQUIRE(costs.forces("orders") == n + 1);
  REQUIRE(costs.records("orders") == n + 2);  // the end is not forced
  for (std::size_t i = 1; i <= n; ++i) {
    REQUIRE(costs.forces(service(i)) == 2);
    REQUIRE(costs.records(service(i)) == 2);
  }
}

TEST_CASE(
    "saga: the client is answered after 2n + 2 message delays and 2n + 1 forces "
    "(orchestrated)",
    "[saga][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const std::vector<sim::Fact> facts = Run{deployment("saga", n)}.facts().all();
  const auto placed = first_of(facts, FactKind::placed);
  REQUIRE(placed != facts.end());
  const auto steps = static_cast<std::int64_t>(n);
  REQUIRE(placed->time.time_since_epoch() == (2 * steps + 2) * 5ms + (2 * steps + 1) * 1ms);
}

TEST_CASE("saga: a refusal of step k costs 2k messages, and 2(k - 1) to compensate (orchestrated)",
          "[saga][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const auto k = GENERATE_COPY(range(std::size_t{1}, n + 1));
  Deployment scarce = deployment("saga", n);
  scarce.nodes[k].stock = {{"unit", 0}};
  const Costs costs{scarce};
  REQUIRE(costs.run().facts().has(FactKind::not_placed));
  REQUIRE(costs.messages({"step", "step_done", "step_failed"}) == 2 * k);
  REQUIRE(costs.messages({"compensate", "compensated"}) == 2 * (k - 1));
  REQUIRE(costs.run().world().counters().messages == 4 * k - 2);
  REQUIRE(costs.forces("orders") == k + 1);
  REQUIRE(costs.records("orders") == k + 2);  // the end is not forced
  for (std::size_t i = 1; i <= n; ++i) {
    const std::size_t forces = i < k ? 2 : i == k ? 1 : 0;
    REQUIRE(costs.forces(service(i)) == forces);
    REQUIRE(costs.records(service(i)) == forces);
  }
}

TEST_CASE("saga: an unknown last step is compensated with the others (orchestrated)",
          "[saga][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const auto last = service(n);
  const Costs costs{
      with_faults(deployment("saga", n),
                  {on_messages(sim::Action::drop, messages("step_done", last, "orders"))})};
  const Facts facts = costs.run().facts();
  REQUIRE(facts.has(FactKind::not_placed));
  REQUIRE(facts.count(FactKind::assigned) == n);
  REQUIRE(facts.assigned() == 0);
  REQUIRE(costs.messages({"step"}) ==
          n + 2);  // tried again after 200 ms and 400 ms more, until 1 s
  REQUIRE(costs.messages({"compensate", "compensated"}) == 2 * n);
  REQUIRE(costs.forces("orders") == n + 1);
  REQUIRE(costs.forces(last) == 2);
}

TEST_CASE("saga: messages of the coordinator to its own machine are free (orchestrated)",
          "[saga][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  Deployment together = deployment("saga", n);
  together.nodes[1].host = "orders";
  REQUIRE(Costs{together}.run().world().counters().messages == 4 * (n - 1));
}

}  // namespace indoubt::test
