#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {

TEST_CASE("world: faults come before ordinary events of the same instant", "[world][ties]") {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  toy.script(a).on<sim::Start>({ping(b, 1), tick(5ms)});
  SECTION("a crash comes before a message") {
    toy.fault_at(5ms, sim::Action::crash, {b});
    CHECK(toy.run().handled(b).empty());
  }
  SECTION("a restart comes before a message") {
    toy.fault_at(4ms, sim::Action::crash, {b}).restart_after = 1ms;
    CHECK(toy.run().handled(b) == Lines{"restart @ 5ms", "ping 1 @ 5ms"});
  }
  SECTION("a pause comes before a timer") {
    toy.fault_at(5ms, sim::Action::pause, {a}).lasts = 1ms;
    CHECK(toy.run().handled(a) == Lines{"tick @ 6ms"});
  }
  SECTION("the end of a pause comes before a timer") {
    toy.fault_at(4ms, sim::Action::pause, {a}).lasts = 1ms;
    CHECK(toy.run().handled(a) == Lines{"tick @ 5ms"});
  }
  SECTION("at 0, before the start of any role") {
    toy.fault_at(0s, sim::Action::crash, {a}).restart_after = 1ms;
    const Run run = toy.run();
    CHECK(run.handled(a) == Lines{"restart @ 1ms"});
    CHECK(run.effects(a).empty());
  }
}

TEST_CASE("world: faults of one instant take place in list order", "[world][ties]") {
  Toy toy;
  const auto a = toy.add("a");
  SECTION("of different triggers") {
    sim::Fault& recurring = toy.fault(sim::Action::clock, {a});
    recurring.trigger = sim::Trigger::every;
    recurring.every = sim::Distribution::constant(10ms);
    recurring.offset = 1s;
    toy.fault_at(10ms, sim::Action::clock, {a}).jump = 3s;
    toy.plan.limits.quiet_after = at(15ms);
    CHECK(toy.run().world.reading(a).time_since_epoch() == 4010ms);
  }
  SECTION("the other way round") {
    toy.fault_at(10ms, sim::Action::clock, {a}).jump = 3s;
    sim::Fault& recurring = toy.fault(sim::Action::clock, {a});
    recurring.trigger = sim::Trigger::every;
    recurring.every = sim::Distribution::constant(10ms);
    recurring.offset = 1s;
    toy.plan.limits.quiet_after = at(15ms);
    CHECK(toy.run().world.reading(a).time_since_epoch() == 1010ms);
  }
}

TEST_CASE("world: several nodes of one fault crash at one instant, in list order",
          "[world][ties][crash]") {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  const auto c = toy.add("c");
  toy.fault_at(10ms, sim::Action::crash, {c, a, b}).restart_after = 5ms;
  const Run run = toy.run();
  std::vector<sim::NodeId> crashed;
  std::vector<sim::NodeId> restarted;
  for (const sim::Fact& fact : run.history) {
    if (fact.kind == sim::FactKind::crashed) crashed.push_back(fact.node);
    if (fact.kind == sim::FactKind::restarted) restarted.push_back(fact.node);
  }
  CHECK(crashed == std::vector<sim::NodeId>{c, a, b});
  CHECK(restarted == std::vector<sim::NodeId>{c, a, b});
}

TEST_CASE("world: ordinary events of one instant take place in the order in which they were made",
          "[world][ties]") {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  toy.script(a).on<sim::Start>({ping(b, 1), ping(b, 2).on_order(1), ping(b, 3)});
  toy.script(b).on<sim::Start>({tick(5ms)});
  CHECK(toy.run().handled(b) ==
        Lines{"ping 1 @ 5ms", "ping 2 @ 5ms", "ping 3 @ 5ms", "tick @ 5ms"});
}

TEST_CASE("world: digests tell what took place apart, and nothing else", "[world][digest]") {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  toy.script(a).on<sim::Start>({ping(b, 1), note(2)});
  const std::uint64_t plain = toy.run().world.digest();
  CHECK(toy.run(2).world.digest() == plain);
  SECTION("content") { toy.script(a).rules[0].ops[0].tag = 2; }
  SECTION("order") { toy.script(a).rules[0].ops[0] = ping(b, 1).on_order(1); }
  SECTION("kind") { toy.script(a).rules[0].ops[0] = ballot(b, 1); }
  SECTION("time") { toy.plan.network.latency = sim::Distribution::constant(6ms); }
  SECTION("a record") { toy.script(a).rules[0].ops[1] = note(3); }
  SECTION("a crash") { toy.fault_at(1s, sim::Action::crash, {b}); }
  SECTION("a pause") { toy.fault_at(1s, sim::Action::pause, {b}); }
  SECTION("a clock") { toy.fault_at(1s, sim::Action::clock, {b}).jump = 1ns; }
  CHECK(toy.run().world.digest() != plain);
}

TEST_CASE("world: a digest does not say why a message was lost, or which fault it was",
          "[world][digest]") {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  toy.script(a).on<sim::Start>({ping(b, 1), ping(b, 2)});
  Toy lossy = toy;
  lossy.plan.network.loss = {1'000'000'000};
  const std::uint64_t lost = lossy.run().world.digest();
  sim::Fault& fault = toy.fault(sim::Action::drop);
  SECTION("dropped") { fault.trigger = sim::Trigger::match; }
  SECTION("damaged") {
    fault.trigger = sim::Trigger::match;
    fault.action = sim::Action::corrupt;
  }
  SECTION("cut") {
    fault.action = sim::Action::partition;
    fault.groups = {{a}, {b}};
  }
  SECTION("by a fault of another name") {
    fault.trigger = sim::Trigger::match;
    fault.id = "another";
  }
  CHECK(toy.run().world.digest() == lost);
}

}  // namespace indoubt::test
