#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"

// What an event-sourced saga costs for n services. A command is two messages, and so is an append;
// events are forced where they are kept. What is read again after a crash comes on top.
namespace indoubt::test {
namespace {

Deployment orders_of(std::size_t services, std::uint32_t orders, std::int64_t checkpoint) {
  Deployment made = deployment("event-sourcing", services, orders, orders);
  made.protocol.options = {{"checkpoint", checkpoint}};
  return made;
}

}  // namespace

TEST_CASE("event sourcing: a placed order costs 2n + 4 messages and n + 2 forced writes",
          "[es][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  Deployment good = deployment("event-sourcing", n);
  good.nodes.push_back({.name = "log", .role = "event-store", .host = {}});
  const Costs costs{with_group_commit(good, GENERATE(false, true))};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  REQUIRE(costs.messages({"append", "recorded"}) == 4);
  REQUIRE(costs.messages({"take", "taken"}) == 2 * n);
  REQUIRE(costs.run().world().counters().messages == 2 * n + 4);
  REQUIRE(costs.run().world().counters().forced_writes == n + 2);
  REQUIRE(costs.forces("log") == 2);
  REQUIRE(costs.records("log") == 2);
  REQUIRE(costs.forces("orders") == 0);   // a checkpoint is forced after ten events
  REQUIRE(costs.records("orders") == 3);  // two events, and that the client knows
  for (std::size_t i = 1; i <= n; ++i) {
    REQUIRE(costs.forces(service(i)) == 1);
    REQUIRE(costs.records(service(i)) == 1);
  }
}

TEST_CASE("event sourcing: the client is answered after 8 message delays and 3 forces",
          "[es][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const std::int64_t checkpoint = GENERATE(std::int64_t{1}, std::int64_t{10});
  const std::vector<sim::Fact> facts = Run{orders_of(n, 1, checkpoint)}.facts().all();
  const auto placed = first_of(facts, FactKind::placed);
  REQUIRE(placed != facts.end());
  REQUIRE(placed->time.time_since_epoch() == 8 * 5ms + 3 * 1ms);
}

TEST_CASE("event sourcing: a refused order costs 4n + 6 messages and 2n + 3 forced writes",
          "[es][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const auto k = GENERATE_COPY(range(std::size_t{1}, n + 1));
  Deployment scarce = deployment("event-sourcing", n);
  scarce.nodes[k].stock = {{"unit", 0}};
  const Costs costs{scarce};
  REQUIRE(costs.run().facts().has(FactKind::not_placed));
  REQUIRE(costs.messages({"append", "recorded"}) == 6);
  REQUIRE(costs.messages({"take", "taken", "not_taken"}) == 2 * n);
  REQUIRE(costs.messages({"compensate", "compensated"}) == 2 * n);
  REQUIRE(costs.run().world().counters().messages == 4 * n + 6);
  REQUIRE(costs.run().world().counters().forced_writes == 2 * n + 3);
  for (std::size_t i = 1; i <= n; ++i) REQUIRE(costs.records(service(i)) == 2);
}

TEST_CASE("event sourcing: a restart reads the events since the checkpoint, and sends no command",
          "[es][costs]") {
  constexpr std::uint32_t orders = 12;
  constexpr std::uint32_t events = 2 * orders;
  const std::int64_t checkpoint = GENERATE(1, 2, 5, 7, 24, 25, 1000);
  Deployment past = orders_of(2, orders, checkpoint);
  past.workload.arrivals = sim::Distribution::constant(100ms);
  const Costs undisturbed{past};
  REQUIRE(undisturbed.messages({"recorded"}) == events);
  REQUIRE(undisturbed.forces("orders") == events / static_cast<std::uint64_t>(checkpoint));
  const Costs costs{with_faults(past, {crash_at("orders", 5s, Keep::forced, 10ms)})};
  REQUIRE(costs.run().all_faults_fired());
  REQUIRE(costs.messages({"recorded"}) == events + events % static_cast<std::uint64_t>(checkpoint));
  REQUIRE(costs.messages({"read"}) == 1);
  REQUIRE(costs.messages({"take"}) == 2 * orders);
  REQUIRE(costs.messages({"append"}) == events);
}

TEST_CASE("event sourcing: a long log is read in pages", "[es][costs]") {
  constexpr std::uint32_t orders = 150;
  Deployment past = orders_of(2, orders, 1000);
  past.workload.arrivals = sim::Distribution::constant(20ms);
  const Costs costs{with_faults(past, {crash_at("orders", 20s, Keep::forced, 10ms)})};
  REQUIRE(costs.messages({"recorded"}) == 4 * orders);
  REQUIRE(costs.messages({"read"}) == 3);
  REQUIRE(costs.messages({"page_end"}) == 3);
  REQUIRE(costs.run().facts().count(FactKind::placed) >= orders);
}

}  // namespace indoubt::test
