#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

/// One node with a timer that fires every 10ms, for ever. It may do more at its start, and when its
/// other timer fires.
struct Endless {
  Toy toy;
  sim::NodeId a = toy.add("a");
  explicit Endless(std::vector<Op> first = {}, const std::vector<Op>& on_tock = {}) {
    first.push_back(tick(10ms));
    toy.script(a).on<sim::Start>(first).on<Tick>({tick(10ms)}).on<Tock>(on_tock);
    toy.plan.longest_wait = 100ms;
  }
};
constexpr sim::NodeId only{0};

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

TEST_CASE("world: a run whose timers bring nothing about is still at sim_time", "[world][end]") {
  Endless endless;
  endless.toy.plan.longest_wait = 5ms;
  endless.toy.plan.limits.sim_time = at(50ms);
  const Run run = endless.toy.run();
  CHECK(run.world.end_reason() == sim::EndReason::still);
  CHECK(run.world.now() == at(50ms));
  CHECK(run.world.last_event() == at(50ms));
  CHECK(run.handled(endless.a).size() == 5);
  CHECK(run.world.backlog().next_node == endless.a);
  CHECK(run.world.backlog().next_timer == ToyMessages::of<Tick>());
}

TEST_CASE("world: from sim_time on a run drains until it is at rest", "[world][end]") {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  toy.plan.limits.sim_time = at(1s);
  toy.plan.longest_wait = 1s;
  // What is under way at sim_time, and what it sets off, each new to its node.
  toy.script(a).on<sim::Start>({tick(999ms)}).on<Tick>({ping(b, 1)});
  toy.script(b).on<Ping>({take(1), force(), ballot(a, 1)});
  const Run run = toy.run();
  CHECK(run.world.end_reason() == sim::EndReason::rest);
  CHECK(run.world.last_event() == at(1010ms));
  CHECK(run.handled(a) == Lines{"tick @ 999ms", "ballot 1 @ 1.01s"});
}

TEST_CASE("world: what waits behind any number of copies is not still", "[world][end]") {
  // From 1s on, a asks b all the time, faster than b answers; its ballot comes once, behind that.
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  toy.plan.longest_wait = 10ms;
  toy.plan.limits.sim_time = at(1s);
  toy.plan.limits.drain = 100s;
  toy.plan.nodes[b.index].disk.force = sim::Distribution::constant(8ms);
  toy.script(a)
      .on<sim::Start>({tick(1ms), tock(500ms)})
      .on<Tick>({ping(b, 1), tick(1ms)})
      .on<Tock>({ballot(b, 1), stop_tick()});
  toy.script(b).on<Ping>(1, {note(1), force()});
  const Run run = toy.run();
  // 499 pings, 8ms each, and then the ballot.
  CHECK(run.world.end_reason() == sim::EndReason::rest);
  CHECK(run.handled(b).back() == "ballot 1 @ 3.998s");
}

TEST_CASE("world: a run is still ten of its longest waits after it last got anywhere",
          "[world][end]") {
  // When such a run is still, if its time is a second.
  const auto still = [](Endless endless) {
    endless.toy.plan.limits.sim_time = at(1s);
    const Run run = endless.toy.run();
    CHECK(run.world.end_reason() == sim::EndReason::still);
    return since_start(run.world.now());
  };
  SECTION("which is the start, if nothing but timers ever fires") {
    CHECK(still(Endless{}) == "1s");
  }
  SECTION("a message that its node had not handled gets it somewhere, and a copy does not") {
    CHECK(still(Endless{{tock(700ms)}, {ping(only, 1), tock(700ms)}}) == "1.7s");
  }
  SECTION("a fact that is new gets it somewhere, and the same one does not") {
    CHECK(still(Endless{{tock(600ms)}, {take(1), tock(600ms)}}) == "1.6s");
  }
  SECTION("a slow force makes its waits longer") {
    Endless endless{{take(1), force()}};
    endless.toy.plan.nodes[only.index].disk.force = sim::Distribution::constant(200ms);
    CHECK(still(endless) == "2s");
  }
  SECTION("and so does the slowest message, whatever its fault") {
    Endless endless;
    const auto b = endless.toy.add("b");
    endless.toy.script(b).on<sim::Start>({ping(only, 1)});
    sim::Fault& late = endless.toy.fault(sim::Action::delay);
    late.trigger = sim::Trigger::match;
    late.by = 300ms;
    CHECK(still(endless) == "3.355s");
  }
  SECTION("a clock that was set back may keep somebody waiting by as much") {
    Endless endless;
    endless.toy.fault_at(0s, sim::Action::clock, {only}).jump = -500ms;
    CHECK(still(endless) == "1.5s");
  }
}

TEST_CASE("world: a run that still gets somewhere is busy where its drain ends", "[world][end]") {
  Toy toy;
  const auto a = toy.add("a", {.force = sim::Distribution::constant(500ms)});
  toy.plan.limits.sim_time = at(1s);
  toy.plan.limits.drain = 600ms;
  toy.plan.longest_wait = 100ms;
  // Four orders, each with a force of its own.
  toy.script(a)
      .on<sim::Start>({ping(a, 1).on_order(0), ping(a, 1).on_order(1), ping(a, 1).on_order(2),
                       ping(a, 1).on_order(3)})
      .on<Ping>({note(1), force()});
  const Run run = toy.run();
  CHECK(run.world.end_reason() == sim::EndReason::busy);
  CHECK(run.world.now() == at(1600ms));
  CHECK(run.world.backlog().busiest == sim::no_node);  // it handles the last one
  toy.plan.limits.drain = 1s;
  CHECK(toy.run().world.end_reason() == sim::EndReason::rest);
}

TEST_CASE("world: whoever is down for good comes back in a run that goes on", "[world][end]") {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  toy.script(a).on<sim::Start>({note(1), force(), ping(b, 1)}).on<sim::Restart>({ping(b, 2)});
  toy.fault_at(500us, sim::Action::crash, {a}).keep = sim::Keep::all;
  Run run = toy.run();
  CHECK(run.world.end_reason() == sim::EndReason::rest);
  CHECK(run.world.is_anybody_down());
  sim::World later = run.world;
  later.bring_back();
  CHECK_FALSE(later.is_anybody_down());
  while (later.step()) {
  }
  CHECK(later.end_reason() == sim::EndReason::rest);
  CHECK(later.now() == toy.plan.limits.sim_time + 5ms);
  CHECK(later.log(a).records() == 1);
  CHECK(run.world.is_anybody_down());  // the run itself is as it was
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
