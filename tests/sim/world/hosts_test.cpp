#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

/// `relay` runs on the machine of `store`; `far` pings both at 5, 15 and 25ms, as they arrive.
struct Hosted {
  Toy toy;
  sim::NodeId store = toy.add("store");
  sim::NodeId relay = toy.add_hosted("relay", store);
  sim::NodeId far = toy.add("far");
  Hosted() {
    const std::vector<Op> both{ping(store, 1), ping(relay, 1)};
    toy.script(far)
        .on<sim::Start>({both[0], both[1], tick(10ms), tock(20ms)})
        .on<Tick>(both)
        .on<Tock>(both);
  }
};

}  // namespace

TEST_CASE("world: messages on one machine are immediate, uncounted and safe", "[world][hosts]") {
  Hosted hosted;
  hosted.toy.script(hosted.store).on<Ping>({note(1), ping(hosted.relay, 7), force(), note(2)});
  hosted.toy.script(hosted.relay).on<Ping>(7, {ballot(hosted.store, 8)});
  hosted.toy.plan.links.push_back({hosted.store, hosted.relay, {.loss = {1'000'000'000}}});
  const Run run = hosted.toy.run();
  CHECK(run.handled(hosted.relay)[1] == "ping 7 @ 5ms");
  CHECK(run.handled(hosted.store)[1] == "ballot 8 @ 6ms");
  CHECK(run.world.counters().messages == 6);
}

TEST_CASE("world: nodes of one machine crash together and restart together",
          "[world][hosts][crash]") {
  Hosted hosted;
  const bool by_host = GENERATE(true, false);
  hosted.toy.fault_at(8ms, sim::Action::crash, {by_host ? hosted.store : hosted.relay})
      .restart_after = 10ms;
  const Run run = hosted.toy.run();
  const Lines expected{"ping 1 @ 5ms", "restart @ 18ms", "ping 1 @ 25ms"};
  CHECK(run.handled(hosted.store) == expected);
  CHECK(run.handled(hosted.relay) == expected);
}

TEST_CASE("world: nodes of one machine pause together", "[world][hosts][pause]") {
  Hosted hosted;
  hosted.toy.fault_at(8ms, sim::Action::pause, {hosted.relay}).lasts = 10ms;
  const Run run = hosted.toy.run();
  const Lines expected{"ping 1 @ 5ms", "ping 1 @ 18ms", "ping 1 @ 25ms"};
  CHECK(run.handled(hosted.store) == expected);
  CHECK(run.handled(hosted.relay) == expected);
}

TEST_CASE("world: nodes of one machine are cut together, and never from each other",
          "[world][hosts][partition]") {
  Hosted hosted;
  hosted.toy.script(hosted.store).on<sim::Start>({ping(hosted.relay, 3)});
  sim::Fault& cut = hosted.toy.fault_at(0ms, sim::Action::partition);
  cut.groups = {{hosted.relay}, {hosted.far}, {hosted.store}};
  cut.lasts = 15ms;
  const Run run = hosted.toy.run();
  CHECK(run.handled(hosted.relay) == Lines{"ping 3 @ 0s", "ping 1 @ 25ms"});
  CHECK(run.handled(hosted.store) == Lines{"ping 1 @ 25ms"});
}

TEST_CASE("world: nodes of one machine share its clock", "[world][hosts][clock]") {
  Hosted hosted;
  sim::Fault& clock = hosted.toy.fault_at(1ms, sim::Action::clock, {hosted.relay});
  clock.offset = 1s;
  clock.drift_ppb = 1'000'000'000;
  hosted.toy.script(hosted.relay).on<Ping>({tick(4ms)});
  hosted.toy.script(hosted.store).on<sim::Start>({tock(5ms)});
  const Run run = hosted.toy.run();
  CHECK(run.handled(hosted.store)[0] == "tock @ 3ms");
  CHECK(run.handled(hosted.relay)[1] == "tick @ 7ms");
  CHECK(run.world.reading(hosted.store) == run.world.reading(hosted.relay));
}

TEST_CASE("world: a fault that names two nodes of one machine takes place there once",
          "[world][hosts]") {
  Hosted hosted;
  const std::vector<sim::NodeId> both{hosted.store, hosted.relay};
  SECTION("clock") {
    hosted.toy.fault_at(1ms, sim::Action::clock, both).jump = 1s;
    const Run run = hosted.toy.run();
    CHECK(run.world.reading(hosted.store) - run.world.reading(hosted.far) == 1s);
  }
  SECTION("crash") {
    hosted.toy.fault_at(1ms, sim::Action::crash, both);
    CHECK(hosted.toy.run().facts(hosted.store) == Lines{"crashed @ 1ms"});
  }
  SECTION("slow disk") {
    hosted.toy.script(hosted.store).on<Ping>({force(), note(1)});
    sim::Fault& slow = hosted.toy.fault_at(1ms, sim::Action::disk, both);
    slow.disk = sim::DiskFault::slow;
    slow.by = 3ms;
    slow.lasts = 10ms;
    CHECK(hosted.toy.run().effects(hosted.store, true)[1] == "note 1 @ 9ms");
  }
}

TEST_CASE("world: logs and handlings of nodes of one machine are separate", "[world][hosts]") {
  Hosted hosted;
  hosted.toy.script(hosted.store).on<Ping>({note(1), force(), note(2)});
  hosted.toy.script(hosted.relay).on<Ping>({note(3)});
  const Run run = hosted.toy.run();
  CHECK(run.handled(hosted.relay)[0] == "ping 1 @ 5ms");
  CHECK(run.world.log(hosted.store).records() == 6);
  CHECK(run.world.log(hosted.relay).records() == 3);
  CHECK(run.world.log(hosted.relay).forced_records() == 0);
}

}  // namespace indoubt::test
