#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

/// a pings b every 10ms, ten times; b notes each ping and answers.
struct Metronome {
  Toy toy;
  sim::NodeId a = toy.add("a");
  sim::NodeId b = toy.add("b");
  Metronome() {
    std::vector<Op> start{tick(10ms), tock(95ms)};
    toy.script(a).on<sim::Start>(start).on<Tick>({ping(b, 1), tick(10ms)}).on<Tock>({stop_tick()});
    toy.script(b).on<Ping>({note(1), ballot(a, 1)});
  }
};

sim::Fault& on_fact(sim::Fault& fault, sim::FactKind kind, sim::NodeId node, std::uint32_t nth) {
  fault.trigger = sim::Trigger::when;
  fault.when = {.fact = kind, .at = node, .nth = nth};
  return fault;
}

}  // namespace

TEST_CASE("world: a node that crashes for good does nothing more", "[world][crash]") {
  Metronome metronome;
  metronome.toy.fault_at(37ms, sim::Action::crash, {metronome.b});
  const Run run = metronome.toy.run();
  CHECK(run.handled(metronome.b) == Lines{"ping 1 @ 15ms", "ping 1 @ 25ms", "ping 1 @ 35ms"});
  CHECK_FALSE(run.world.is_up(metronome.b));
  CHECK(run.of_type(sim::Observation::Type::arrived_dead).size() == 6);
  CHECK(run.facts(metronome.b) ==
        Lines{"voted @ 15ms", "voted @ 25ms", "voted @ 35ms", "crashed @ 37ms", "lost @ 37ms"});
}

TEST_CASE("world: a crashed node restarts after its delay, with what its disk kept",
          "[world][crash][restart]") {
  Metronome metronome;
  sim::Fault& crash = metronome.toy.fault_at(37ms, sim::Action::crash, {metronome.b});
  crash.restart_after = 20ms;
  SECTION("nothing") {
    crash.keep = sim::Keep::forced;
    CHECK(metronome.toy.run().state(metronome.b) == "{_, [], 5}");
  }
  SECTION("all") {
    crash.keep = sim::Keep::all;
    CHECK(metronome.toy.run().state(metronome.b) == "{_, [1, 1, 1], 5}");
  }
  const Run run = metronome.toy.run();
  CHECK(run.handled(metronome.b) == Lines{"ping 1 @ 15ms", "ping 1 @ 25ms", "ping 1 @ 35ms",
                                          "restart @ 57ms", "ping 1 @ 65ms", "ping 1 @ 75ms",
                                          "ping 1 @ 85ms", "ping 1 @ 95ms"});
}

TEST_CASE("world: late messages of an old incarnation arrive", "[world][crash][restart]") {
  Metronome metronome;
  metronome.toy.fault_at(31ms, sim::Action::crash, {metronome.a}).restart_after = 1ms;
  metronome.toy.fault_at(16ms, sim::Action::crash, {metronome.b}).restart_after = 8ms;
  const Run run = metronome.toy.run();
  CHECK(run.handled(metronome.b) ==
        Lines{"ping 1 @ 15ms", "restart @ 24ms", "ping 1 @ 25ms", "ping 1 @ 35ms"});
  CHECK(run.handled(metronome.a) == Lines{"tick @ 10ms", "tick @ 20ms", "ballot 1 @ 20ms",
                                          "tick @ 30ms", "ballot 1 @ 30ms", "restart @ 32ms",
                                          "ballot 1 @ 40ms"});
}

TEST_CASE("world: a second crash of a node that is down", "[world][crash][restart]") {
  Metronome metronome;
  metronome.toy.fault_at(16ms, sim::Action::crash, {metronome.b}).restart_after = 20ms;
  sim::Fault& second = metronome.toy.fault_at(20ms, sim::Action::crash, {metronome.b});
  SECTION("with a restart of its own changes nothing") {
    second.restart_after = 1ms;
    CHECK(metronome.toy.run().handled(metronome.b)[1] == "restart @ 36ms");
  }
  SECTION("for good takes its restart away") {
    CHECK(metronome.toy.run().handled(metronome.b) == Lines{"ping 1 @ 15ms"});
  }
}

TEST_CASE("world: a crash by fact happens before any further effect of any node",
          "[world][crash][when]") {
  Metronome metronome;
  sim::Fault& fault = metronome.toy.fault(sim::Action::crash);
  SECTION("of the node itself") {
    metronome.toy.script(metronome.b).rules[0].ops = {ballot(metronome.a, 1), note(7)};
    fault.nodes = {metronome.b};
    on_fact(fault, sim::FactKind::voted, metronome.b, 3);
    const Run run = metronome.toy.run();
    CHECK(run.effects(metronome.b) ==
          Lines{"ballot 1", "note 7", "ballot 1", "note 7", "ballot 1"});
    CHECK(run.handled(metronome.a)[6] == "ballot 1 @ 40ms");
  }
  SECTION("of another node") {
    fault.nodes = {metronome.a};
    on_fact(fault, sim::FactKind::voted, metronome.b, 1);
    CHECK(metronome.toy.run().handled(metronome.a) == Lines{"tick @ 10ms"});
  }
  SECTION("of several nodes at once") {
    fault.nodes = {metronome.b, metronome.a};
    on_fact(fault, sim::FactKind::voted, metronome.b, 2);
    const Run run = metronome.toy.run();
    CHECK(run.handled(metronome.a).back() == "ballot 1 @ 20ms");
    CHECK(run.handled(metronome.b).back() == "ping 1 @ 25ms");
    CHECK_FALSE(run.world.is_up(metronome.a));
    CHECK_FALSE(run.world.is_up(metronome.b));
  }
}

TEST_CASE("world: facts of other nodes, kinds and orders are not counted", "[world][crash][when]") {
  Metronome metronome;
  sim::Fault& fault = metronome.toy.fault(sim::Action::crash, {metronome.a});
  on_fact(fault, sim::FactKind::voted, metronome.b, 1);
  SECTION("node") { fault.when.at = metronome.a; }
  SECTION("kind") { fault.when.fact = sim::FactKind::held; }
  SECTION("order") { fault.when.order = sim::OrderId{1}; }
  SECTION("number") { fault.when.nth = 10; }
  CHECK_FALSE(metronome.toy.run().world.fault_fired(0));
}

TEST_CASE("world: a recurring crash counts from start to start", "[world][crash][every]") {
  Metronome metronome;
  sim::Fault& fault = metronome.toy.fault(sim::Action::crash, {metronome.b});
  fault.trigger = sim::Trigger::every;
  fault.every = sim::Distribution::constant(30ms);
  fault.restart_after = 10ms;
  metronome.toy.plan.limits.quiet_after = at(100ms);
  const Run run = metronome.toy.run();
  CHECK(run.handled(metronome.b) == Lines{"ping 1 @ 15ms", "ping 1 @ 25ms", "restart @ 40ms",
                                          "ping 1 @ 45ms", "ping 1 @ 55ms", "restart @ 70ms",
                                          "ping 1 @ 75ms", "ping 1 @ 85ms", "restart @ 100ms"});
  CHECK(run.world.counters().faults == 3);
}

TEST_CASE("world: a crash keeps what was forced and as much of the rest as it says",
          "[world][crash][disk]") {
  Toy toy;
  const auto a = toy.add("a");
  toy.script(a).on<sim::Start>({note(1), note(2), force(), note(3), note(4), note(5)});
  sim::Fault& crash = toy.fault_at(10ms, sim::Action::crash, {a});
  crash.restart_after = 1ms;
  SECTION("forced") {
    crash.keep = sim::Keep::forced;
    CHECK(toy.run().state(a) == "{_, [1, 2], 1}");
  }
  SECTION("all") {
    crash.keep = sim::Keep::all;
    CHECK(toy.run().state(a) == "{_, [1, 2, 3, 4, 5], 1}");
  }
  SECTION("some: every prefix comes up in some run") {
    crash.keep = sim::Keep::some;
    const Lines prefixes{"{_, [1, 2], 1}", "{_, [1, 2, 3], 1}", "{_, [1, 2, 3, 4], 1}",
                         "{_, [1, 2, 3, 4, 5], 1}"};
    std::vector<int> met(prefixes.size());
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
      const auto found = std::find(prefixes.begin(), prefixes.end(), toy.run(seed).state(a));
      REQUIRE(found != prefixes.end());
      ++met[static_cast<std::size_t>(found - prefixes.begin())];
    }
    for (const int count : met) CHECK(count > 3);
  }
  SECTION("torn: never the last record, which is damaged or after the damaged one") {
    crash.keep = sim::Keep::torn;
    const Lines prefixes{"{_, [1, 2], 1}", "{_, [1, 2, 3], 1}", "{_, [1, 2, 3, 4], 1}"};
    std::vector<int> met(prefixes.size());
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
      const auto found = std::find(prefixes.begin(), prefixes.end(), toy.run(seed).state(a));
      REQUIRE(found != prefixes.end());
      ++met[static_cast<std::size_t>(found - prefixes.begin())];
    }
    for (const int count : met) CHECK(count > 3);
  }
}

TEST_CASE("world: a force that a crash interrupts makes nothing durable", "[world][crash][disk]") {
  Toy toy;
  const auto a = toy.add("a", {.force = sim::Distribution::constant(3ms)});
  toy.script(a)
      .on<sim::Start>({note(1), force(), note(2)})
      .on<sim::Restart>({note(3), force(), note(4)});
  toy.fault_at(3ms - 1ns, sim::Action::crash, {a}).restart_after = 1ns;
  const Run run = toy.run();
  CHECK(run.state(a) == "{_, [], 1}");
  CHECK(run.effects(a, true) ==
        Lines{"note 1 @ 0s", "force @ 0s", "note 3 @ 3ms", "force @ 3ms", "note 4 @ 6ms"});
}

}  // namespace indoubt::test
