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

TEST_CASE(
    "world: a pause by fact leaves the handler its instant, and holds back what follows a force",
    "[world][pause][when]") {
  Toy toy;
  const auto a = toy.add("a");
  toy.script(a).on<sim::Start>({take(1), note(2), force(), note(3)});
  sim::Fault& pause = toy.fault(sim::Action::pause, {a});
  pause.trigger = sim::Trigger::when;
  pause.when = {.fact = sim::FactKind::held};
  pause.lasts = 9ms;
  CHECK(toy.run().effects(a, true) ==
        Lines{"take 1 @ 0s", "note 2 @ 0s", "force @ 0s", "note 3 @ 9ms"});
}

}  // namespace indoubt::test
