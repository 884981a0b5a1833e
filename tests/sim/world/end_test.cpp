#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

/// One node with a timer that fires every 10ms, for ever.
struct Endless {
  Toy toy;
  sim::NodeId a = toy.add("a");
  Endless() { toy.script(a).on<sim::Start>({tick(10ms)}).on<Tick>({tick(10ms)}); }
};

}  // namespace

TEST_CASE("world: a run ends at rest when nothing is pending", "[world][end]") {
  Toy toy;
  const auto a = toy.add("a");
  SECTION("nothing ever was") {
    const Run run = toy.run();
    CHECK(run.world.end_reason() == sim::EndReason::rest);
    CHECK(run.world.last_event() == at(0s));
  }
  SECTION("a cancelled timer is nothing") {
    toy.script(a).on<sim::Start>({tick(10ms), tock(1s)}).on<Tick>({stop_tock()});
    const Run run = toy.run();
    CHECK(run.world.end_reason() == sim::EndReason::rest);
    CHECK(run.world.last_event() == at(10ms));
    CHECK(run.world.counters().events == 1);
  }
  SECTION("a fault that is to come is something") {
    toy.fault_at(3s, sim::Action::crash, {a}).restart_after = 2s;
    toy.script(a).on<sim::Restart>({note(1)});
    const Run run = toy.run();
    CHECK(run.world.last_event() == at(5s));
    CHECK(run.world.log(a).records() == 1);
  }
  SECTION("a fact, a sending or a place to wait for is nothing") {
    sim::Fault& crash = toy.fault(sim::Action::crash, {a});
    crash.trigger = GENERATE(sim::Trigger::when, sim::Trigger::match, sim::Trigger::place);
    CHECK(toy.run().world.last_event() == at(0s));
  }
  SECTION("a message to a node that is down is something, until it arrives") {
    const auto b = toy.add("b");
    toy.script(a).on<sim::Start>({ping(b, 1)});
    toy.fault_at(0s, sim::Action::crash, {b});
    const Run run = toy.run();
    CHECK(run.world.end_reason() == sim::EndReason::rest);
    CHECK(run.world.last_event() == at(5ms));
  }
}

TEST_CASE("world: a run ends at sim_time with its events, and not with later ones",
          "[world][end]") {
  Endless endless;
  endless.toy.plan.limits.sim_time = at(50ms);
  const Run run = endless.toy.run();
  CHECK(run.world.end_reason() == sim::EndReason::time);
  CHECK(run.world.now() == at(50ms));
  CHECK(run.world.last_event() == at(50ms));
  CHECK(run.handled(endless.a).size() == 5);
}

TEST_CASE("world: a run ends at its bound on events", "[world][end]") {
  Endless endless;
  endless.toy.plan.limits.events = 7;
  const Run run = endless.toy.run();
  CHECK(run.world.end_reason() == sim::EndReason::events);
  CHECK(run.world.counters().events == 7);
}

TEST_CASE("world: a run that is over stays over", "[world][end]") {
  Run run = Endless{}.toy.run();
  CHECK_FALSE(run.world.step());
  CHECK_FALSE(run.world.step());
}

TEST_CASE("world: events are deliveries, timers that fire and forces that complete",
          "[world][end]") {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  toy.script(a).on<sim::Start>({ping(b, 1), tick(1ms), tock(2ms)}).on<Tick>({stop_tock(), force()});
  toy.fault_at(1s, sim::Action::crash, {b});
  CHECK(toy.run().world.counters().events == 3);
}

TEST_CASE("world: faults that come too often hit the bound on events, too", "[world][end]") {
  Toy toy;
  const auto a = toy.add("a");
  toy.plan.limits.events = 1000;
  SECTION("a recurring fault") {
    sim::Fault& crash = toy.fault(sim::Action::crash, {a});
    crash.trigger = sim::Trigger::every;
    crash.every = sim::Distribution::constant(1ns);
    crash.restart_after = 0ns;
  }
  SECTION("a node that crashes whenever it restarts") {
    toy.script(a).on<sim::Start>({force()}).on<sim::Restart>({force()});
    sim::Fault& error = toy.fault_at(0s, sim::Action::disk, {a});
    error.disk = sim::DiskFault::error;
    error.restart_after = 0ns;
  }
  CHECK(toy.run().world.end_reason() == sim::EndReason::events);
}

}  // namespace indoubt::test
