#include <algorithm>

#include "tests/protocols/outbox/relays.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"

// What an outbox costs for n services: a message for each, which is published, confirmed, delivered
// and acknowledged; one force where it comes from, one at the broker, one where it takes effect.
namespace indoubt::test {
namespace {

sim::Duration after_start(const sim::Fact& fact) { return fact.time.time_since_epoch(); }

}  // namespace

TEST_CASE("outbox: a placed order costs 4n messages and 2n + 1 forced writes", "[outbox][costs]") {
  const std::string relay = GENERATE("polling", "log-tailing");
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const bool group_commit = GENERATE(false, true);
  const Costs costs{with_group_commit(outbox(relay, n), group_commit)};
  const Facts facts = costs.run().facts();
  REQUIRE(facts.has(FactKind::placed));
  REQUIRE(facts.count(FactKind::published) == n);
  REQUIRE(facts.count(FactKind::applied) == n);
  REQUIRE(costs.messages({"publish", "confirmed"}) == 2 * n);
  REQUIRE(costs.messages({"deliver", "consumed"}) == 2 * n);
  REQUIRE(costs.run().world().counters().messages == 4 * n);
  REQUIRE(costs.run().world().counters().forced_writes == 2 * n + 1);
  REQUIRE(costs.forces("orders") == 1);
  // Marks are not forced, nor is the position.
  REQUIRE(costs.records("orders") == (relay == "polling" ? 1 + n : 2));
  REQUIRE(costs.forces("broker") == n);
  REQUIRE(costs.records("broker") == 2 * n);
  for (std::size_t i = 1; i <= n; ++i) {
    REQUIRE(costs.forces(service(i)) == 1);
    REQUIRE(costs.records(service(i)) == 1);
  }
}

TEST_CASE("outbox: the client waits for one force and nobody else", "[outbox][costs]") {
  const std::string relay = GENERATE("polling", "log-tailing");
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const Facts facts = Run{outbox(relay, n)}.facts();
  const auto placed = first_of(facts.all(), FactKind::placed);
  REQUIRE(after_start(*placed) == 2 * 5ms + 1ms);
  // The services are told one after the other, as the broker's disk goes.
  const sim::Duration sleep = relay == "polling" ? 100ms : 0ms;
  const auto services = static_cast<std::int64_t>(n);
  sim::Duration last{};
  for (const sim::Fact& fact : facts.all()) {
    if (fact.kind == FactKind::applied) last = std::max(last, after_start(fact));
  }
  REQUIRE(last == 5ms + 1ms + sleep + 5ms + services * 1ms + 5ms);
}

TEST_CASE("outbox: as published nobody confirms, and each row is deleted in a transaction",
          "[outbox][costs][published]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const Costs costs{as_published(n)};
  REQUIRE(costs.run().facts().count(FactKind::applied) == n);
  REQUIRE(costs.messages({"confirmed"}) == 0);
  REQUIRE(costs.run().world().counters().messages == 3 * n);
  REQUIRE(costs.forces("orders") == 2 + n);
  REQUIRE(costs.run().world().counters().forced_writes == 2 + n + 2 * n);
}

TEST_CASE("outbox: several relays cost a question each, and without a claim a message each",
          "[outbox][costs][relays]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const std::string claim = GENERATE("lease", "skip-locked", "none");
  const Costs costs{shared_outbox(claim, n)};
  const std::size_t copies = claim == "none" ? 2 : 1;
  INFO(claim);
  REQUIRE(costs.run().facts().count(FactKind::applied) == n);
  REQUIRE(costs.run().facts().count(FactKind::published) == copies * n);
  REQUIRE(costs.messages({"rows_waiting", "ask_row"}) == 2 * 2 * n);
  REQUIRE(costs.messages({"hand_row", "mark_row"}) == 2 * copies * n);
  REQUIRE(costs.messages({"publish", "fenced_publish", "confirmed"}) == 2 * copies * n);
  REQUIRE(costs.messages({"deliver", "consumed"}) == 2 * copies * n);
  REQUIRE(costs.forces("orders") == 1 + (claim == "lease" ? n : 0));
  REQUIRE(costs.forces("broker") == copies * n);
}

TEST_CASE("outbox: a lease is written once as long as its relay keeps it",
          "[outbox][costs][relays]") {
  Deployment made = shared_outbox("lease", 2, 20);
  made.workload.arrivals = sim::Distribution::constant(50ms);
  const Costs costs{made};
  REQUIRE(costs.run().facts().count(FactKind::published) == 40);
  REQUIRE(costs.forces("orders") == 20 + 2);
}

}  // namespace indoubt::test
