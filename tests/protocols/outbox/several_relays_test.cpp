#include "tests/protocols/outbox/relays.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/verdicts.hpp"

// Several relays of one outbox: who publishes what, and what becomes of the order.
namespace indoubt::test {
namespace {

using sim::Action;

Deployment with_option(Deployment made, std::string name, kit::OptionValue value) {
  made.protocol.options.emplace_back(std::move(name), std::move(value));
  return made;
}

NamedFault slow_publish(const std::string& kind) {
  return on_messages(Action::delay, messages(kind, "relay", "broker", 1), 50ms);
}

NamedFault clock_of_orders_back(sim::Duration by) {
  NamedFault fault;
  fault.at = sim::TrueTime{200ms};
  fault.action = Action::clock;
  fault.nodes = {"orders"};
  fault.jump = -by;
  return fault;
}

}  // namespace

TEST_CASE("outbox: a single relay is where it was, whatever keeps several apart",
          "[outbox][relays]") {
  const Run without{outbox("polling", 3, 5)};
  const std::string claim = GENERATE("lease", "skip-locked", "none");
  const Run with{
      with_option(with_option(outbox("polling", 3, 5), "relays", std::int64_t{1}), "claim", claim)};
  REQUIRE(with.world().digest() == without.world().digest());
}

TEST_CASE("outbox: relays share the queues, one relay for each under a lease", "[outbox][relays]") {
  const std::string claim = GENERATE("lease", "skip-locked", "none");
  INFO(claim);
  const Deployment made = shared_outbox(claim, 3, 5);
  const Facts facts = Run{made}.facts();
  REQUIRE(facts.count(FactKind::applied) == 15);
  REQUIRE(facts.count(FactKind::published) == (claim == "none" ? 30 : 15));
}

TEST_CASE("outbox: a row that is skipped is passed by, so locks on rows lose the order",
          "[outbox][relays]") {
  const Deployment locked =
      with_faults(shared_outbox("skip-locked", 1, 2), {slow_publish("publish")});
  const Run run{locked};
  REQUIRE(run.all_faults_fired());
  REQUIRE(reorders(run.facts(), 1));
  REQUIRE(violated(locked) == std::vector<std::string>{"per-key-order"});

  const std::string claim = GENERATE("lease", "none");
  const std::string kind = claim == "lease" ? "fenced_publish" : "publish";
  const Deployment other = with_faults(shared_outbox(claim, 1, 2), {slow_publish(kind)});
  REQUIRE(Run{other}.all_faults_fired());
  REQUIRE(violated(other).empty());
}

TEST_CASE("outbox: two published relays send everything twice, on a good day",
          "[outbox][relays][published]") {
  const Deployment made = with_option(as_published(2, 3), "relays", std::int64_t{2});
  const Facts facts = Run{made}.facts();
  REQUIRE(facts.count(FactKind::published) == 12);
  REQUIRE(repeats(facts, 2, 3));
  REQUIRE(contains(violated(made), "exactly-once"));
}

TEST_CASE("outbox: a clock that is set back does not keep a lease for ever", "[outbox][relays]") {
  // Nobody is left who has it, and by the order service's clock it lasts an hour.
  Deployment made = shared_outbox("lease", 1, 5);
  made.workload.arrivals = sim::Distribution::constant(100ms);
  made = with_faults(made, {crash_at("relay", 200ms, Keep::forced, {}), clock_of_orders_back(1h)});
  const Run run{made};
  REQUIRE(run.all_faults_fired());
  REQUIRE(run.facts().count(FactKind::applied) == 5);
}

TEST_CASE("outbox: a lease that is too short for a row publishes nothing", "[outbox][relays]") {
  const Deployment made =
      with_option(shared_outbox("lease", 1, 1), "relay_lease", sim::Duration{5ms});
  REQUIRE_FALSE(Run{made}.facts().has(FactKind::published));
}

}  // namespace indoubt::test
