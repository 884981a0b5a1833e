#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

/// One node that takes two units, and a crash at the first of the facts that this states.
struct Taker {
  Toy toy;
  sim::NodeId a = toy.add("a");
  Taker() { toy.script(a).on<sim::Start>({take(2), note(1)}); }
  sim::Fault& crash_at(sim::FactKind kind, std::uint32_t nth = 1) {
    sim::Fault& crash = toy.fault(sim::Action::crash, {a});
    crash.trigger = sim::Trigger::when;
    crash.when = {.fact = kind, .nth = nth};
    return crash;
  }
};

}  // namespace

TEST_CASE("history: a record states its facts when it is appended, with their units",
          "[world][facts]") {
  const Taker taker;
  const Run run = taker.toy.run();
  REQUIRE(run.facts(taker.a) == Lines{"held @ 0s", "held @ 0s", "applied @ 0s"});
  CHECK(run.history[0].is_first);
  CHECK(run.history[0].unit == 0);
  CHECK_FALSE(run.history[1].is_first);
  CHECK(run.history[1].unit == 1);
  CHECK(run.history[0].in_record);
  CHECK(run.history[0].record == 0);
  CHECK(run.history[0].order == sim::OrderId{0});
}

TEST_CASE(
    "history: the facts of one record come together, before a crash that the first brings about",
    "[world][facts][crash]") {
  Taker taker;
  taker.crash_at(sim::FactKind::held);
  const Run run = taker.toy.run();
  CHECK(run.facts(taker.a) ==
        Lines{"held @ 0s", "held @ 0s", "applied @ 0s", "crashed @ 0s", "lost @ 0s"});
  CHECK(run.effects(taker.a) == Lines{"take 2"});
}

TEST_CASE("history: a change of several units counts as one fact", "[world][facts][when]") {
  Taker taker;
  taker.crash_at(sim::FactKind::held, 2);
  CHECK_FALSE(taker.toy.run().world.fault_fired(0));
}

TEST_CASE("history: what becomes durable is said before what that decides", "[world][facts]") {
  Toy toy;
  const auto a = toy.add("a");
  toy.script(a).on<sim::Start>({choice(1), choice(2).on_order(1), force(), note(3), force()});
  const Run run = toy.run();
  CHECK(run.facts(a) == Lines{"durable @ 1ms", "decided @ 1ms", "decided @ 1ms", "durable @ 2ms"});
  CHECK(run.history[0].record == 2);
}

TEST_CASE("history: a crash at a decision finds the decision durable", "[world][facts][crash]") {
  Toy toy;
  const auto a = toy.add("a");
  toy.script(a).on<sim::Start>({choice(1), choice(2).on_order(1), force(), note(3)});
  sim::Fault& crash = toy.fault(sim::Action::crash, {a});
  crash.trigger = sim::Trigger::when;
  crash.when = {.fact = sim::FactKind::decided};
  crash.restart_after = 1ms;
  const Run run = toy.run();
  CHECK(run.facts(a) == Lines{"durable @ 1ms", "decided @ 1ms", "decided @ 1ms", "crashed @ 1ms",
                              "restarted @ 2ms"});
  CHECK(run.state(a) == "{_, [1, 2], 1}");
}

TEST_CASE("history: what a crash keeps becomes durable and what it loses is said",
          "[world][facts][crash]") {
  Toy toy;
  const auto a = toy.add("a");
  toy.script(a).on<sim::Start>({note(1), choice(2), note(3)});
  sim::Fault& crash = toy.fault_at(1ms, sim::Action::crash, {a});
  crash.restart_after = 5ms;
  SECTION("all") {
    crash.keep = sim::Keep::all;
    CHECK(toy.run().facts(a) ==
          Lines{"crashed @ 1ms", "durable @ 1ms", "decided @ 1ms", "restarted @ 6ms"});
  }
  SECTION("nothing") {
    crash.keep = sim::Keep::forced;
    CHECK(toy.run().facts(a) == Lines{"crashed @ 1ms", "lost @ 1ms", "restarted @ 6ms"});
  }
}

TEST_CASE("world: a crash for good at what another crash makes durable is for good",
          "[world][facts][crash]") {
  Toy toy;
  const auto a = toy.add("a");
  toy.script(a).on<sim::Start>({choice(1)});
  sim::Fault& first = toy.fault_at(1ms, sim::Action::crash, {a});
  first.keep = sim::Keep::all;
  first.restart_after = 5ms;
  sim::Fault& second = toy.fault(sim::Action::crash, {a});
  second.trigger = sim::Trigger::when;
  second.when = {.fact = sim::FactKind::decided};
  const Run run = toy.run();
  CHECK(run.world.fault_fired(1));
  CHECK_FALSE(run.world.is_up(a));
}

TEST_CASE("history: a message states facts when it leaves, even if it is lost", "[world][facts]") {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  toy.script(a).on<sim::Start>({ballot(b, 1), told(b, 2)});
  toy.plan.network.loss = {1'000'000'000};
  const Run run = toy.run();
  CHECK(run.facts(a) == Lines{"voted @ 0s"});
  CHECK(run.facts(b).empty());
}

TEST_CASE("history: a message states facts at its receiver when it is handled",
          "[world][facts][pause]") {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  toy.script(a).on<sim::Start>({told(b, 2)});
  toy.fault_at(1ms, sim::Action::pause, {b}).lasts = 9ms;
  CHECK(toy.run().facts(b) == Lines{"paused @ 1ms", "resumed @ 10ms", "placed @ 10ms"});
}

TEST_CASE("history: facts carry the reading of their node's clock", "[world][facts][clock]") {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  toy.script(a).on<sim::Start>({ping(b, 1)});
  toy.script(b).on<Ping>({take(1)});
  toy.fault_at(1ms, sim::Action::clock, {b}).jump = 3s;
  const Run run = toy.run();
  CHECK(run.history.front().kind == sim::FactKind::clock_set);
  CHECK(run.history.front().expires.time_since_epoch() == 3s);
  CHECK(run.history[1].clock.time_since_epoch() == 3005ms);
}

}  // namespace indoubt::test
