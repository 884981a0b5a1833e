#include "tests/protocols/outbox/relays.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/verdicts.hpp"

// What an outbox does not promise, and what it makes of delays.
namespace indoubt::test {

TEST_CASE("outbox: a service cannot veto, so an order can be placed in part", "[outbox]") {
  Deployment made = outbox(GENERATE("polling", "log-tailing"));
  made.nodes[2].stock = {{"unit", 0}};
  const Facts facts = Run{made}.facts();
  CHECK(facts.has(FactKind::placed));
  CHECK(facts.assigned() == 1);
  CHECK(facts.count(FactKind::refused) == 1);
  CHECK(facts.count(FactKind::applied) == 2);
  CHECK(violated(made) == std::vector<std::string>{"atomicity", "truthful-reply", "no-leak"});
}

TEST_CASE("outbox: two orders for the last units are both placed", "[outbox]") {
  const Deployment made = outbox(GENERATE("polling", "log-tailing"), 2, 2, 1);
  CHECK(Run{made}.facts().count(FactKind::placed) == 2);
  CHECK(violated(made) == std::vector<std::string>{"truthful-reply"});
}

TEST_CASE("outbox: with no room on a service's disk the message waits for it", "[outbox]") {
  NamedFault full;
  full.at = sim::TrueTime{1ms};
  full.lasts = 3s;
  full.action = sim::Action::disk;
  full.disk = sim::DiskFault::full;
  full.nodes = {"s1"};
  const Deployment made = with_faults(outbox(GENERATE("polling", "log-tailing")), {full});
  const Run run{made};
  CHECK(run.all_faults_fired());
  CHECK_FALSE(run.facts().has(FactKind::refused));
  CHECK_FALSE(loses(run.facts(), 2));
  CHECK(violated(made).empty());
}

TEST_CASE("outbox: while the broker is down orders are placed, and take effect afterwards",
          "[outbox]") {
  Deployment made = outbox(GENERATE("polling", "log-tailing"), 2, 5);
  made.workload.arrivals = sim::Distribution::constant(100ms);
  made = with_faults(made, {crash_at("broker", 1ms, Keep::forced, 5s)});
  const Facts facts = Run{made}.facts();
  CHECK(facts.count(FactKind::placed) == 5);
  CHECK(facts.count(FactKind::applied) == 10);
  CHECK(violated(made).empty());
}

}  // namespace indoubt::test
