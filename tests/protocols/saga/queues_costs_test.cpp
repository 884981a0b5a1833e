#include <algorithm>

#include "tests/protocols/saga/styles.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"

// What an orchestrated saga on queues costs for n services. A command is published, forced by the
// broker, delivered, reported to the orchestrator and acknowledged to the broker.
namespace indoubt::test {
namespace {}  // namespace

TEST_CASE("saga: a placed order costs 8n + 5 messages and 5n + 2 forced writes (on queues)",
          "[saga][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const bool group_commit = GENERATE(false, true);
  const Costs costs{with_group_commit(saga("queued", n), group_commit)};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  REQUIRE(costs.messages({"publish"}) == 2 * n + 2);
  REQUIRE(costs.messages({"deliver"}) == 2 * n + 2);
  REQUIRE(costs.messages({"consumed"}) == 2 * n + 1);  // the confirmation is fire and forget
  REQUIRE(costs.messages({"step_done", "completed"}) == 2 * n);
  REQUIRE(costs.messages({"confirmed"}) == 0);
  REQUIRE(costs.run().world().counters().messages == 8 * n + 5);
  REQUIRE(costs.run().world().counters().forced_writes == 5 * n + 2);
  REQUIRE(costs.forces("orders") == n + 1);
  REQUIRE(costs.forces("broker") == 2 * n + 1);
  REQUIRE(costs.records("broker") == 2 * (2 * n + 1));  // what was consumed is not forced
  REQUIRE(costs.records("notification") == 1);
  REQUIRE(costs.forces("notification") == 0);
  for (std::size_t i = 1; i <= n; ++i) {
    REQUIRE(costs.forces(service(i)) == 2);
    REQUIRE(costs.records(service(i)) == 2);
  }
}

TEST_CASE("saga: the client is answered after 3n + 4 message delays and 3n + 2 forces (on queues)",
          "[saga][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const std::vector<sim::Fact> facts = Run{saga("queued", n)}.facts().all();
  const auto placed = first_of(facts, FactKind::placed);
  REQUIRE(placed != facts.end());
  const auto steps = static_cast<std::int64_t>(n);
  REQUIRE(placed->time.time_since_epoch() == (3 * steps + 4) * 5ms + (3 * steps + 2) * 1ms);
}

TEST_CASE("saga: a refusal of step k costs 4k messages, and 4(k - 1) to compensate (on queues)",
          "[saga][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const auto k = GENERATE_COPY(range(std::size_t{1}, n + 1));
  const Costs costs{with_nothing_at(saga("queued", n), k)};
  REQUIRE(costs.run().facts().has(FactKind::not_placed));
  REQUIRE(costs.messages({"step_done", "step_failed"}) == k);
  REQUIRE(costs.messages({"compensated"}) == k - 1);
  REQUIRE(costs.run().world().counters().messages == 3 + 4 * k + 4 * (k - 1));
  REQUIRE(costs.forces("orders") == k + 1);
  REQUIRE(costs.forces("broker") == 1 + k + (k - 1));
}

TEST_CASE("saga: a step is tried three times, with a growing wait, and then caught (on queues)",
          "[saga][costs]") {
  const std::int64_t attempts = GENERATE(1, 2, 3, 5);
  Deployment made = with_faults(
      saga("queued"), {on_messages(sim::Action::drop, messages("step_done", "s2", "orders"))});
  made.protocol.options.emplace_back("attempts", attempts);
  const Costs costs{made};
  const Facts facts = costs.run().facts();
  REQUIRE(facts.has(FactKind::not_placed));
  REQUIRE(facts.count(FactKind::assigned) == 2);
  REQUIRE(facts.assigned() == 0);
  const auto sent = static_cast<std::uint64_t>(attempts);
  // The event, the first step, the second one so often, and two compensations.
  REQUIRE(costs.messages({"publish"}) == 1 + 1 + sent + 2);
}

}  // namespace indoubt::test
