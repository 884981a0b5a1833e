#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

/// a asks b; b's handler forces twice among other effects.
struct ForcingPair {
  Toy toy;
  sim::NodeId a = toy.add("a");
  sim::NodeId b = toy.add("b", {.force = sim::Distribution::constant(3ms)});
  ForcingPair() {
    toy.script(a).on<sim::Start>({ping(b, 1)});
    toy.script(b).on<Ping>({note(1), ping(a, 2), force(), note(2), tick(100ms), ping(a, 3), force(),
                            ping(a, 4), stop_tick()});
  }
};

const Lines all_effects{"note 1", "ping 2", "force",  "note 2",     "arm tick",
                        "ping 3", "force",  "ping 4", "cancel tick"};

}  // namespace

TEST_CASE("world: effects up to a force take place at once and those after it when it is done",
          "[world][effects]") {
  const ForcingPair pair;
  const Run run = pair.toy.run();
  CHECK(run.effects(pair.b, true) == Lines{"note 1 @ 5ms", "ping 2 @ 5ms", "force @ 5ms",
                                           "note 2 @ 8ms", "arm tick @ 8ms", "ping 3 @ 8ms",
                                           "force @ 8ms", "ping 4 @ 11ms", "cancel tick @ 11ms"});
  CHECK(run.handled(pair.a) == Lines{"ping 2 @ 10ms", "ping 3 @ 13ms", "ping 4 @ 16ms"});
  CHECK(run.handled(pair.b) == Lines{"ping 1 @ 5ms"});
  CHECK(run.world.end_reason() == sim::EndReason::rest);
  CHECK(run.world.counters().forced_writes == 2);
  CHECK(run.world.counters().messages == 4);
}

TEST_CASE("world: a crash before effect k leaves k-1 effects", "[world][effects][crash]") {
  const auto k = GENERATE(range(1u, 10u));
  ForcingPair pair;
  sim::Fault& crash = pair.toy.fault(sim::Action::crash, {pair.b});
  crash.trigger = sim::Trigger::place;
  SECTION("counted over the node's run") { crash.place.effect = k; }
  SECTION("counted in the handling") {
    crash.place = {
        .handling = sim::Fault::Handling{.kind = ToyMessages::of<Ping>(), .order = sim::OrderId{0}},
        .effect = k};
  }
  const Run run = pair.toy.run();
  CHECK(run.effects(pair.b) == Lines(all_effects.begin(), all_effects.begin() + (k - 1)));
  CHECK_FALSE(run.world.is_up(pair.b));
  CHECK(run.world.fault_fired(0));
  CHECK(run.world.end_reason() == sim::EndReason::rest);
}

TEST_CASE("world: a crash before an effect that never comes does not fire",
          "[world][effects][crash]") {
  ForcingPair pair;
  sim::Fault& crash = pair.toy.fault(sim::Action::crash, {pair.b});
  crash.trigger = sim::Trigger::place;
  SECTION("the node has fewer effects") { crash.place.effect = 10; }
  SECTION("the handling has fewer effects") {
    crash.place = {
        .handling = sim::Fault::Handling{.kind = ToyMessages::of<Ping>(), .order = sim::OrderId{0}},
        .effect = 10};
  }
  SECTION("no such handling") {
    crash.place = {.handling = sim::Fault::Handling{
                       .kind = ToyMessages::of<Ping>(), .order = sim::OrderId{0}, .nth = 2}};
  }
  SECTION("not about this order") {
    crash.place = {.handling = sim::Fault::Handling{.kind = ToyMessages::of<Ping>(),
                                                    .order = sim::OrderId{1}}};
  }
  SECTION("not about no order") {
    crash.place = {.handling = sim::Fault::Handling{.kind = ToyMessages::of<Ping>()}};
  }
  const Run run = pair.toy.run();
  CHECK_FALSE(run.world.fault_fired(0));
  CHECK(run.effects(pair.b) == all_effects);
}

TEST_CASE("world: the effects of a node are counted over its crashes", "[world][effects][crash]") {
  Toy toy;
  const auto a = toy.add("a");
  toy.script(a).on<sim::Start>({note(1), note(2), note(3)}).on<sim::Restart>({note(4), note(5)});
  sim::Fault& first = toy.fault(sim::Action::crash, {a});
  first.trigger = sim::Trigger::place;
  first.place.effect = 2;
  first.restart_after = 1ms;
  sim::Fault& second = toy.fault(sim::Action::crash, {a});
  second.trigger = sim::Trigger::place;
  second.place.effect = 3;
  second.restart_after = 1ms;
  const Run run = toy.run();
  CHECK(run.effects(a) == Lines{"note 1", "note 4", "note 4", "note 5"});
}

TEST_CASE("world: a handling is named by kind, order and number", "[world][effects][crash]") {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  toy.script(a).on<sim::Start>({ping(b, 1), ping(b, 2).on_order(1), ping(b, 3).on_order(1)});
  toy.script(b).on<Ping>({note(1), note(2)});
  sim::Fault& crash = toy.fault(sim::Action::crash, {b});
  crash.trigger = sim::Trigger::place;
  crash.place = {
      .handling =
          sim::Fault::Handling{.kind = ToyMessages::of<Ping>(), .order = sim::OrderId{1}, .nth = 2},
      .effect = 2};
  const Run run = toy.run();
  CHECK(run.effects(b) == Lines{"note 1", "note 2", "note 1", "note 2", "note 1"});
}

TEST_CASE("world: a pause at a place holds back that effect and all behind it",
          "[world][effects][pause]") {
  ForcingPair pair;
  sim::Fault& pause = pair.toy.fault(sim::Action::pause, {pair.b});
  pause.trigger = sim::Trigger::place;
  pause.lasts = 20ms;
  SECTION("before an immediate effect") {
    pause.place.effect = 2;
    CHECK(pair.toy.run().effects(pair.b, true) ==
          Lines{"note 1 @ 5ms", "ping 2 @ 25ms", "force @ 25ms", "note 2 @ 28ms", "arm tick @ 28ms",
                "ping 3 @ 28ms", "force @ 28ms", "ping 4 @ 31ms", "cancel tick @ 31ms"});
  }
  SECTION("before a waiting effect") {
    pause.place.effect = 5;
    CHECK(pair.toy.run().effects(pair.b, true) ==
          Lines{"note 1 @ 5ms", "ping 2 @ 5ms", "force @ 5ms", "note 2 @ 8ms", "arm tick @ 28ms",
                "ping 3 @ 28ms", "force @ 28ms", "ping 4 @ 31ms", "cancel tick @ 31ms"});
  }
}

TEST_CASE("world: effects wait for the end of a pause that nothing but quiet ends",
          "[world][effects][pause][rest]") {
  ForcingPair pair;
  sim::Fault& pause = pair.toy.fault_at(6ms, sim::Action::pause, {pair.b});
  pause.lasts.reset();
  pair.toy.plan.limits.quiet_after = at(1s);
  const Run run = pair.toy.run();
  CHECK(run.effects(pair.b) == all_effects);
  CHECK(run.handled(pair.a) == Lines{"ping 2 @ 10ms", "ping 3 @ 1.005s", "ping 4 @ 1.008s"});
}

}  // namespace indoubt::test
