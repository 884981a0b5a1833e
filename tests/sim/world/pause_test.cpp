#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

/// a pings b at 5, 10 and 15ms (as they arrive); b has timers at 8 and 12ms.
struct Busy {
  Toy toy;
  sim::NodeId a = toy.add("a");
  sim::NodeId b = toy.add("b");
  Busy() {
    toy.script(a)
        .on<sim::Start>({ping(b, 1), tick(5ms), tock(10ms)})
        .on<Tick>({ping(b, 2)})
        .on<Tock>({ping(b, 3)});
    toy.script(b).on<sim::Start>({tick(8ms), tock(12ms)});
  }
};

}  // namespace

TEST_CASE("world: what comes during a pause is handled at its end, in order", "[world][pause]") {
  Busy busy;
  busy.toy.fault_at(6ms, sim::Action::pause, {busy.b}).lasts = 10ms;
  const Run run = busy.toy.run();
  CHECK(run.handled(busy.b) ==
        Lines{"ping 1 @ 5ms", "tick @ 16ms", "ping 2 @ 16ms", "tock @ 16ms", "ping 3 @ 16ms"});
  CHECK(run.facts(busy.b) == Lines{"paused @ 6ms", "resumed @ 16ms"});
}

TEST_CASE("world: overlapping pauses add up", "[world][pause]") {
  Busy busy;
  busy.toy.fault_at(6ms, sim::Action::pause, {busy.b}).lasts = 10ms;
  busy.toy.fault_at(9ms, sim::Action::pause, {busy.b}).lasts = 1ms;
  busy.toy.fault_at(14ms, sim::Action::pause, {busy.b}).lasts = 16ms;
  const Run run = busy.toy.run();
  CHECK(run.handled(busy.b)[1] == "tick @ 30ms");
  CHECK(run.facts(busy.b) == Lines{"paused @ 6ms", "resumed @ 30ms"});
}

TEST_CASE("world: one pause that ends as the next begins is one pause", "[world][pause]") {
  Busy busy;
  busy.toy.fault_at(6ms, sim::Action::pause, {busy.b}).lasts = 3ms;
  busy.toy.fault_at(9ms, sim::Action::pause, {busy.b}).lasts = 11ms;
  CHECK(busy.toy.run().handled(busy.b)[1] == "tick @ 20ms");
}

TEST_CASE("world: a pause with no end lasts until quiet", "[world][pause][quiet]") {
  Busy busy;
  busy.toy.fault_at(6ms, sim::Action::pause, {busy.b});
  busy.toy.plan.limits.quiet_after = at(100ms);
  CHECK(busy.toy.run().handled(busy.b)[1] == "tick @ 100ms");
}

TEST_CASE("world: a crash ends a pause, and the restarted node is not paused",
          "[world][pause][crash]") {
  Busy busy;
  busy.toy.fault_at(6ms, sim::Action::pause, {busy.b}).lasts = 100ms;
  busy.toy.fault_at(11ms, sim::Action::crash, {busy.b}).restart_after = 1ms;
  const Run run = busy.toy.run();
  CHECK(run.handled(busy.b) == Lines{"ping 1 @ 5ms", "restart @ 12ms", "ping 3 @ 15ms"});
}

TEST_CASE("world: a pause does not stop the disk", "[world][pause][disk]") {
  Toy toy;
  const auto a = toy.add("a", {.force = sim::Distribution::constant(4ms)});
  toy.script(a).on<sim::Start>({choice(1), force(), note(2)});
  toy.fault_at(1ms, sim::Action::pause, {a}).lasts = 9ms;
  const Run run = toy.run();
  CHECK(run.effects(a, true) == Lines{"choice 1 @ 0s", "force @ 0s", "note 2 @ 10ms"});
  CHECK(run.facts(a) == Lines{"paused @ 1ms", "durable @ 4ms", "decided @ 4ms", "resumed @ 10ms"});
}

TEST_CASE("world: a pause at a fact or a place holds all effects that follow it",
          "[world][pause][when]") {
  Toy toy;
  const auto a = toy.add("a");
  toy.script(a).on<sim::Start>({take(1), note(2), force(), note(3)});
  sim::Fault& pause = toy.fault(sim::Action::pause, {a});
  pause.lasts = 9ms;
  if (GENERATE(true, false)) {
    pause.trigger = sim::Trigger::when;
    pause.when = {.fact = sim::FactKind::held};
  } else {
    pause.trigger = sim::Trigger::place;
    pause.place.effect = 2;
  }
  CHECK(toy.run().effects(a, true) ==
        Lines{"take 1 @ 0s", "note 2 @ 9ms", "force @ 9ms", "note 3 @ 10ms"});
}

TEST_CASE("world: a message whose sender is paused before it leaves when the pause is over",
          "[world][pause]") {
  Busy busy;
  sim::Fault& pause = busy.toy.fault(sim::Action::pause, {busy.a});
  pause.trigger = sim::Trigger::place;
  pause.place.effect = 1;
  pause.lasts = 3s;
  CHECK(busy.toy.run().handled(busy.b) ==
        Lines{"tick @ 8ms", "tock @ 12ms", "ping 1 @ 3.005s", "ping 2 @ 3.01s", "ping 3 @ 3.015s"});
}

TEST_CASE("world: a node that crashes in a pause has not done what waited for its end",
          "[world][pause][crash]") {
  Toy toy;
  const auto a = toy.add("a");
  toy.script(a).on<sim::Start>({note(1), note(2), force(), note(3)});
  sim::Fault& pause = toy.fault(sim::Action::pause, {a});
  pause.trigger = sim::Trigger::place;
  pause.place.effect = 2;
  pause.lasts = 9ms;
  toy.fault_at(5ms, sim::Action::crash, {a});
  CHECK(toy.run().effects(a, true) == Lines{"note 1 @ 0s"});
}

}  // namespace indoubt::test
