#include "tests/protocols/outbox/relays.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/verdicts.hpp"

// A relay that reads by id and waits for gaps, but not for ever.
namespace indoubt::test {
namespace {

/// Sixty orders, one every 20 ms, whose transactions are open for up to so long.
Deployment reading_by_id(sim::Duration gap_timeout, sim::Duration transaction) {
  Deployment made = outbox("polling", 2, 60, 100);
  made.protocol.options = {{"gap_timeout", gap_timeout}, {"transaction", transaction}};
  made.workload.arrivals = sim::Distribution::constant(20ms);
  return made;
}

Deployment restarted(Deployment made, const std::string& node) {
  return with_faults(std::move(made), {crash_at(node, 700ms, Keep::forced, 50ms)});
}

std::size_t applied(const Deployment& made) { return Run{made}.facts().count(FactKind::applied); }

}  // namespace

TEST_CASE("outbox: by id and in time, every row is published, though not in the order of commits",
          "[outbox]") {
  const Deployment made = reading_by_id(1s, 500ms);
  CHECK(applied(made) == 120);
  CHECK(violated(made) == std::vector<std::string>{"per-key-order"});
}

TEST_CASE("outbox: what commits later than a reader waits is lost", "[outbox]") {
  const Deployment made = reading_by_id(200ms, 500ms);
  CHECK(loses(Run{made}.facts(), 2, 60));
  CHECK(contains(violated(made), "no-loss"));
}

TEST_CASE("outbox: a gap that nobody fills is waited out, and no row behind it is lost",
          "[outbox]") {
  const Deployment made = restarted(reading_by_id(1s, 500ms), "orders");
  const Facts facts = Run{made}.facts();
  CHECK(facts.count(FactKind::placed) < 60);
  CHECK(placed(facts, 60) >= 40);
  CHECK_FALSE(loses(facts, 2, 60));
  CHECK(violated(made) == std::vector<std::string>{"per-key-order"});
}

TEST_CASE("outbox: a reader by id goes on after any crash", "[outbox]") {
  for (const std::string node : {"orders", "broker", "s1"}) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      INFO(node << ", seed " << seed);
      const Run run{restarted(reading_by_id(1s, 500ms), node), seed};
      CHECK(run.world().end_reason() == sim::EndReason::rest);
      CHECK_FALSE(loses(run.facts(), 2, 60));
      CHECK_FALSE(repeats(run.facts(), 2, 60));
    }
  }
}

TEST_CASE("outbox: a reader by id passes over orders that have no row for a service", "[outbox]") {
  Deployment made = reading_by_id(1s, 100ms);
  kit::OrderKind first{.name = "first", .takes = {made.workload.takes[0]}};
  kit::OrderKind second{.name = "second", .takes = {made.workload.takes[1]}};
  made.workload.takes.clear();
  made.workload.kinds = {first, second};
  CHECK(applied(made) == 60);
  CHECK(contains(violated(made), "no-loss") == false);
}

}  // namespace indoubt::test
