#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

/// a pings b every 10ms for 200ms; it is quiet from 100ms on.
struct Pinger {
  Toy toy;
  sim::NodeId a = toy.add("a");
  sim::NodeId b = toy.add("b");
  Pinger() {
    toy.plan.limits.quiet_after = at(100ms);
    toy.script(a)
        .on<sim::Start>({tick(10ms), tock(205ms)})
        .on<sim::Restart>({tick(10ms)})
        .on<Tick>({ping(b, 1), tick(10ms)})
        .on<Tock>({stop_tick()});
    toy.plan.limits.sim_time = at(1s);
  }
  std::size_t arrived_from(sim::Duration first) const {
    const Run run = toy.run();
    std::size_t count = 0;
    for (const Seen& entry : run.of_type(sim::Observation::Type::handling)) {
      if (entry.what.node == b && entry.what.time >= at(first)) ++count;
    }
    return count;
  }
};

}  // namespace

TEST_CASE("world: after quiet nothing is lost, copied or damaged", "[world][quiet]") {
  Pinger pinger;
  constexpr sim::Probability always{1'000'000'000};
  auto& network = pinger.toy.plan.network;
  SECTION("lost") { network.loss = always; }
  SECTION("damaged") { network.corrupt = always; }
  SECTION("copied") { network.duplicate = always; }
  CHECK(pinger.arrived_from(105ms + 1ns) == 10);
}

TEST_CASE("world: at quiet cuts, pauses and disk faults end", "[world][quiet]") {
  Pinger pinger;
  sim::Fault& fault = pinger.toy.fault_at(50ms, sim::Action::partition);
  SECTION("a cut") { fault.groups = {{pinger.a}, {pinger.b}}; }
  SECTION("a pause") {
    fault.action = sim::Action::pause;
    fault.nodes = {pinger.b};
  }
  SECTION("of whatever length") {
    fault.groups = {{pinger.a}, {pinger.b}};
    fault.lasts = 10s;
  }
  CHECK(pinger.arrived_from(105ms) == 11);
}

TEST_CASE("world: a node that would restart later restarts at quiet", "[world][quiet][restart]") {
  Pinger pinger;
  pinger.toy.fault_at(50ms, sim::Action::crash, {pinger.b}).restart_after = 10s;
  CHECK(pinger.toy.run().handled(pinger.b)[4] == "restart @ 100ms");
}

TEST_CASE("world: a crash at the instant of quiet restarts by then", "[world][quiet][restart]") {
  Pinger pinger;
  pinger.toy.fault_at(100ms, sim::Action::crash, {pinger.b}).restart_after = 10s;
  const Run run = pinger.toy.run();
  CHECK(run.handled(pinger.b)[9] == "restart @ 100ms");
  CHECK(run.world.is_up(pinger.b));
}

TEST_CASE("world: a crash for good is not undone by quiet", "[world][quiet]") {
  Pinger pinger;
  pinger.toy.fault_at(50ms, sim::Action::crash, {pinger.b});
  CHECK_FALSE(pinger.toy.run().world.is_up(pinger.b));
}

TEST_CASE("world: nothing new goes wrong after quiet", "[world][quiet]") {
  Pinger pinger;
  pinger.toy.script(pinger.b).on<Ping>({ballot(pinger.a, 1)});
  sim::Fault& fault = pinger.toy.fault(sim::Action::crash, {pinger.b});
  SECTION("every") {
    fault.trigger = sim::Trigger::every;
    fault.every = sim::Distribution::constant(100ms);
  }
  SECTION("when") {
    fault.trigger = sim::Trigger::when;
    fault.when = {.fact = sim::FactKind::voted, .nth = 11};
  }
  SECTION("match") {
    fault.trigger = sim::Trigger::match;
    fault.match = {.from = pinger.b, .nth = 11};
  }
  SECTION("place") {
    fault.trigger = sim::Trigger::place;
    fault.place.effect = 11;
  }
  const Run run = pinger.toy.run();
  CHECK_FALSE(run.world.fault_fired(0));
  CHECK(run.handled(pinger.b).size() == 20);
}

TEST_CASE("world: messages that a fault delays past quiet still arrive", "[world][quiet]") {
  Pinger pinger;
  sim::Fault& delay = pinger.toy.fault(sim::Action::delay);
  delay.trigger = sim::Trigger::match;
  delay.match = {.from = pinger.a, .nth = 1};
  delay.by = 500ms;
  CHECK(pinger.toy.run().handled(pinger.b).back() == "ping 1 @ 515ms");
}

TEST_CASE("world: quiet is a fact", "[world][quiet]") {
  const Run run = Pinger{}.toy.run();
  CHECK(std::count_if(run.history.begin(), run.history.end(), [](const sim::Fact& fact) {
          return fact.kind == sim::FactKind::quiet && fact.time == at(100ms);
        }) == 1);
}

TEST_CASE("world: a run does not wait for what quiet has ended already", "[world][quiet]") {
  Toy toy;
  const auto a = toy.add("a");
  toy.plan.limits.quiet_after = at(100ms);
  toy.plan.limits.sim_time = at(1s);
  toy.script(a).on<sim::Start>({tick(10ms)});
  toy.fault_at(50ms, sim::Action::pause, {a}).lasts = std::chrono::hours{1};
  const Run run = toy.run();
  CHECK(run.facts(a) == Lines{"paused @ 50ms", "resumed @ 100ms"});
  CHECK(run.world.end_reason() == sim::EndReason::rest);
  CHECK(run.world.last_event() == at(100ms));
}

}  // namespace indoubt::test
