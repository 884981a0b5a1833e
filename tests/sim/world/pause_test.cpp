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

namespace {

/// Right before an effect of a node's run.
sim::Fault& pause_before(Toy& toy, sim::NodeId node, std::uint32_t effect, sim::Duration lasts) {
  sim::Fault& pause = toy.fault(sim::Action::pause, {node});
  pause.trigger = sim::Trigger::place;
  pause.place.effect = effect;
  pause.lasts = lasts;
  return pause;
}

/// a writes, forces and sends as it starts.
struct Starter {
  Toy toy;
  sim::NodeId a;
  sim::NodeId b = toy.add("b");
  explicit Starter(bool group_commit = false)
      : a{toy.add("a", {.force = sim::Distribution::constant(1ms), .group_commit = group_commit})} {
    toy.script(a).on<sim::Start>({note(1), ping(b, 1), force(), ping(b, 2)});
  }
};

}  // namespace

TEST_CASE("world: a pause at a place that is cut short by a crash takes the effects along",
          "[world][pause][crash]") {
  Starter starter;
  pause_before(starter.toy, starter.a, 2, 20ms);
  starter.toy.fault_at(10ms, sim::Action::crash, {starter.a}).restart_after = 1ms;
  const Run run = starter.toy.run();
  CHECK(run.effects(starter.a) == Lines{"note 1"});
  CHECK(run.handled(starter.b).empty());
}

TEST_CASE("world: pauses at two places of one handling follow one another", "[world][pause]") {
  Starter starter;
  pause_before(starter.toy, starter.a, 2, 10ms);
  pause_before(starter.toy, starter.a, 3, 10ms);
  CHECK(starter.toy.run().effects(starter.a, true) ==
        Lines{"note 1 @ 0s", "ping 1 @ 10ms", "force @ 20ms", "ping 2 @ 21ms"});
}

TEST_CASE("world: a pause at a place lasts as long as any pause that covers the node",
          "[world][pause]") {
  Starter starter;
  pause_before(starter.toy, starter.a, 2, 10ms);
  starter.toy.fault_at(5ms, sim::Action::pause, {starter.a}).lasts = 20ms;
  CHECK(starter.toy.run().effects(starter.a, true)[1] == "ping 1 @ 25ms");
}

TEST_CASE("world: a crash in the midst of what a pause held back", "[world][pause][crash]") {
  Starter starter;
  pause_before(starter.toy, starter.a, 2, 10ms);
  sim::Fault& crash = starter.toy.fault(sim::Action::crash, {starter.a});
  crash.trigger = sim::Trigger::place;
  crash.place.effect = 3;
  CHECK(starter.toy.run().effects(starter.a, true) == Lines{"note 1 @ 0s", "ping 1 @ 10ms"});
}

TEST_CASE("world: a pause at a place that nothing ends lasts until quiet",
          "[world][pause][quiet]") {
  Starter starter;
  pause_before(starter.toy, starter.a, 2, 10ms).lasts.reset();
  starter.toy.plan.limits.quiet_after = at(1s);
  CHECK(starter.toy.run().effects(starter.a, true)[1] == "ping 1 @ 1s");
}

TEST_CASE("world: what a pause held back is of the reading that its handler had, timers apart",
          "[world][pause][clock]") {
  Toy toy;
  const auto a = toy.add("a");
  toy.script(a).on<sim::Start>({note(1), take(1), tick(5ms), force(), take(2)});
  pause_before(toy, a, 2, 10ms);
  toy.fault_at(3ms, sim::Action::clock, {a}).jump = 2s;
  const Run run = toy.run();
  std::vector<std::pair<sim::Duration, sim::Duration>> held;
  for (const sim::Fact& fact : run.history) {
    if (fact.kind != sim::FactKind::held || !fact.is_first) continue;
    held.emplace_back(fact.time.time_since_epoch(), fact.clock.time_since_epoch());
  }
  // The second stood behind a force, and was never part of the handler's instant.
  CHECK(held ==
        std::vector<std::pair<sim::Duration, sim::Duration>>{{10ms, 0ms}, {11ms, 2s + 11ms}});
  CHECK(run.handled(a) == Lines{"tick @ 15ms"});
  CHECK(run.world.reading(a).time_since_epoch() == run.world.now().time_since_epoch() + 2s);
}

TEST_CASE("world: with group commit a pause at a place holds back what is written, too",
          "[world][pause][disk]") {
  Starter starter{true};
  SECTION("before a message") { pause_before(starter.toy, starter.a, 2, 10ms); }
  SECTION("before a record") { pause_before(starter.toy, starter.a, 1, 10ms); }
  const Lines effects = starter.toy.run().effects(starter.a, true);
  CHECK(effects[0] == (starter.toy.faults[0].place.effect == 1 ? "note 1 @ 10ms" : "note 1 @ 0s"));
  CHECK(Lines(effects.begin() + 1, effects.end()) ==
        Lines{"ping 1 @ 10ms", "force @ 10ms", "ping 2 @ 11ms"});
}

TEST_CASE(
    "world: with group commit what waits for an older force keeps its place before what a "
    "pause held back",
    "[world][pause][disk]") {
  Toy toy;
  const auto a = toy.add("a", {.force = sim::Distribution::constant(6ms), .group_commit = true});
  const auto b = toy.add("b");
  toy.script(b).on<sim::Start>({ping(a, 1)});
  toy.script(a)
      .on<sim::Start>({note(1), tick(3ms), force(), ping(b, 1)})
      .on<Ping>({ping(b, 2), note(2)})
      .on<Tick>({note(3), force(), ping(b, 3)});
  pause_before(toy, a, 4, 1ms);  // the record of the tick
  const Run run = toy.run();
  CHECK(run.effects(a, true) == Lines{"note 1 @ 0s", "arm tick @ 0s", "force @ 0s", "note 3 @ 4ms",
                                      "force @ 4ms", "note 2 @ 5ms", "ping 1 @ 6ms",
                                      "ping 3 @ 10ms", "ping 2 @ 10ms"});
}

TEST_CASE("world: at the end of a pause at a place the node handles what came meanwhile",
          "[world][pause]") {
  Busy busy;
  busy.toy.script(busy.b).on<Ping>(1, {note(1), ping(busy.a, 7)});
  pause_before(busy.toy, busy.b, 4, 10ms);
  const Run run = busy.toy.run();
  CHECK(run.handled(busy.b) ==
        Lines{"ping 1 @ 5ms", "tick @ 15ms", "ping 2 @ 15ms", "tock @ 15ms", "ping 3 @ 15ms"});
  CHECK(run.handled(busy.a).back() == "ping 7 @ 20ms");
}

}  // namespace indoubt::test
