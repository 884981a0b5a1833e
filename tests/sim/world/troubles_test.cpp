#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

// What the world states of messages, forces and disks that go wrong: it may excuse an order.
namespace indoubt::test {
namespace {

/// One sends the other two messages, 5ms on their way, the second at 10ms.
struct Pair {
  Toy toy;
  sim::NodeId a = toy.add("a");
  sim::NodeId b = toy.add("b");
  Pair() { toy.script(a).on<sim::Start>({ping(b, 1), tick(10ms)}).on<Tick>({ping(b, 2)}); }
  sim::Fault& second(sim::Action action) {
    sim::Fault& fault = toy.fault(action);
    fault.trigger = sim::Trigger::match;
    fault.match.nth = 2;
    return fault;
  }
};

}  // namespace

TEST_CASE("troubles: a message that arrives once and in time is none", "[world][facts]") {
  Pair pair;
  pair.toy.plan.prompt = 5ms;
  CHECK(pair.toy.run().troubles(pair.a).empty());
}

TEST_CASE("troubles: a message that a fault or a link harms is struck", "[world][facts]") {
  Pair pair;
  const Lines second{"struck @ 10ms"};
  SECTION("lost") {
    pair.second(sim::Action::drop);
    CHECK(pair.toy.run().troubles(pair.a) == second);
  }
  SECTION("damaged") {
    pair.second(sim::Action::corrupt);
    CHECK(pair.toy.run().troubles(pair.a) == second);
  }
  SECTION("copied") {
    pair.second(sim::Action::duplicate);
    CHECK(pair.toy.run().troubles(pair.a) == second);
  }
  SECTION("delayed") {
    pair.second(sim::Action::delay).by = 1ms;
    CHECK(pair.toy.run().troubles(pair.a) == second);
  }
  SECTION("cut") {
    sim::Fault& cut = pair.toy.fault_at(7ms, sim::Action::partition);
    cut.groups = {{pair.a}, {pair.b}};
    CHECK(pair.toy.run().troubles(pair.a) == second);
  }
  SECTION("lost or copied by the link's own rates") {
    auto& rate = GENERATE(0, 1) == 0 ? pair.toy.plan.network.loss : pair.toy.plan.network.duplicate;
    rate = {1'000'000'000};
    CHECK(pair.toy.run().troubles(pair.a) == Lines{"struck @ 0s", "struck @ 10ms"});
  }
}

TEST_CASE("troubles: what takes longer than is prompt is late", "[world][facts]") {
  Pair pair;
  SECTION("on its way") {
    pair.toy.plan.prompt = 5ms - 1ns;
    CHECK(pair.toy.run().troubles(pair.a) == Lines{"late @ 0s", "late @ 10ms"});
  }
  SECTION("in an inbox, since when it waits there") {
    pair.toy.plan.prompt = 6ms;
    pair.toy.script(pair.b).on<Ping>(1, {note(1), force()});
    pair.toy.plan.nodes[pair.b.index].disk.force = sim::Distribution::constant(17ms);
    const Run run = pair.toy.run();
    // A force from 5 to 22ms, and what came meanwhile.
    CHECK(run.troubles(pair.b) == Lines{"disk @ 5ms", "disk @ 22ms", "late @ 22ms"});
    const sim::Fact& late = run.history.back();
    CHECK(late.kind == sim::FactKind::late);
    CHECK(late.expires == sim::ClockTime{15ms});
  }
  SECTION("a force") {
    pair.toy.plan.prompt = 6ms;
    pair.toy.script(pair.b).on<Ping>(1, {note(1), force()});
    pair.toy.plan.nodes[pair.b.index].disk.force = sim::Distribution::constant(6ms);
    CHECK(pair.toy.run().troubles(pair.b).empty());
    pair.toy.plan.nodes[pair.b.index].disk.force = sim::Distribution::constant(7ms);
    CHECK(pair.toy.run().troubles(pair.b) == Lines{"disk @ 5ms", "disk @ 12ms"});
  }
  SECTION("a force, until a crash at the latest") {
    pair.toy.plan.prompt = 6ms;
    pair.toy.script(pair.b).on<Ping>(1, {note(1), force()});
    pair.toy.plan.nodes[pair.b.index].disk.force = sim::Distribution::constant(17ms);
    pair.toy.fault_at(8ms, sim::Action::crash, {pair.b});
    CHECK(pair.toy.run().troubles(pair.b) == Lines{"disk @ 5ms", "disk @ 8ms"});
  }
}

TEST_CASE("troubles: a disk that is slow, full or failing says so, from the beginning to the end",
          "[world][facts]") {
  Pair pair;
  sim::Fault& fault = pair.toy.fault_at(1ms, sim::Action::disk, {pair.b});
  fault.disk = GENERATE(sim::DiskFault::slow, sim::DiskFault::full, sim::DiskFault::error);
  fault.by = 1ms;
  SECTION("for a time") {
    fault.lasts = 3ms;
    CHECK(pair.toy.run().troubles(pair.b) == Lines{"disk @ 1ms", "disk @ 4ms"});
  }
  SECTION("or until quiet") {
    pair.toy.plan.limits.quiet_after = at(6ms);
    CHECK(pair.toy.run().troubles(pair.b) == Lines{"disk @ 1ms", "disk @ 6ms"});
  }
}

}  // namespace indoubt::test
