#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

sim::WorkSpec takes(sim::Duration time, std::uint32_t queue = 0) {
  return {.time = sim::Distribution::constant(time), .queue = queue};
}

/// a pings b at 0, 1, 2 ... ms, and b works 10ms on each before it notes it.
struct Line {
  Toy toy;
  sim::NodeId a = toy.add("a");
  sim::NodeId b;
  explicit Line(std::uint64_t count = 3, sim::WorkSpec work = takes(10ms), sim::DiskSpec disk = {})
      : b{toy.add("b", disk)} {
    toy.plan.nodes[b.index].work = work;
    toy.plan.orders = 8;
    toy.plan.network.latency = sim::Distribution::constant(0ms);
    std::vector<Op> sends;
    for (std::uint32_t i = 0; i < count; ++i) {
      sends.push_back(ping(b, i).on_order(i));
      toy.script(b).on<Ping>(i, {note(i)});
    }
    toy.script(a).on<sim::Start>(sends);
    for (std::uint32_t i = 1; i < count; ++i) {
      sim::Fault& delay = toy.fault(sim::Action::delay);
      delay.trigger = sim::Trigger::match;
      delay.match = {.from = a, .order = sim::OrderId{i}};
      delay.by = i * 1ms;
    }
  }
  Lines handled() const { return toy.run().handled(b); }
};

}  // namespace

TEST_CASE("world: a node works on one message at a time, in the order of arrival",
          "[world][work]") {
  CHECK(Line{}.handled() == Lines{"ping 0 @ 10ms", "ping 1 @ 20ms", "ping 2 @ 30ms"});
}

TEST_CASE("world: work that takes no time changes nothing", "[world][work]") {
  Line none{3, {}};
  const Line zero{3, takes(0ms, 1)};
  CHECK(zero.toy.run().world.digest() == none.toy.run().world.digest());
  CHECK(zero.handled() == Lines{"ping 0 @ 0s", "ping 1 @ 1ms", "ping 2 @ 2ms"});
}

TEST_CASE("world: how long work takes is drawn by node and order", "[world][work][draws]") {
  Line line{3, {.time = {sim::Distribution::Shape::uniform, 1ms, 9ms}}};
  const auto begins_and_ends = [&](std::uint64_t seed) {
    return line.toy.run(seed).handled(line.b);
  };
  CHECK(begins_and_ends(1) == begins_and_ends(1));
  CHECK(begins_and_ends(1) != begins_and_ends(2));
}

TEST_CASE("world: a timer fires while its node works, and costs no work", "[world][work][timer]") {
  Line line;
  line.toy.script(line.b).on<sim::Start>({tick(12ms)}).on<Tick>({note(9)});
  CHECK(line.handled() == Lines{"ping 0 @ 10ms", "tick @ 12ms", "ping 1 @ 20ms", "ping 2 @ 30ms"});
}

TEST_CASE("world: who waits for its disk works on nothing, unless commits are grouped",
          "[world][work][waiting]") {
  const bool groups = GENERATE(false, true);
  Line line{2, takes(10ms), {.force = sim::Distribution::constant(7ms), .group_commit = groups}};
  line.toy.script(line.b).rules.clear();
  line.toy.script(line.b).on<Ping>({note(1), force()});
  const std::string second = groups ? "ping 1 @ 20ms" : "ping 1 @ 27ms";
  CHECK(line.handled() == Lines{"ping 0 @ 10ms", second});
}

TEST_CASE("world: work that is over waits for a force that a timer has asked for",
          "[world][work][waiting]") {
  Line line{2, takes(10ms), {.force = sim::Distribution::constant(7ms)}};
  line.toy.script(line.b).on<sim::Start>({tick(5ms)}).on<Tick>({note(9), force()});
  CHECK(line.handled() == Lines{"tick @ 5ms", "ping 0 @ 12ms", "ping 1 @ 22ms"});
}

TEST_CASE("world: a pause stops work, which then takes as much longer", "[world][work][pause]") {
  Line line;
  SECTION("as long as the rest of it") {
    line.toy.fault_at(4ms, sim::Action::pause, {line.b}).lasts = 3ms;
  }
  SECTION("twice") {
    line.toy.fault_at(4ms, sim::Action::pause, {line.b}).lasts = 1ms;
    line.toy.fault_at(7ms, sim::Action::pause, {line.b}).lasts = 2ms;
  }
  CHECK(line.handled() == Lines{"ping 0 @ 13ms", "ping 1 @ 23ms", "ping 2 @ 33ms"});
}

TEST_CASE("world: work whose end falls into a pause goes on when that is over",
          "[world][work][pause]") {
  Line line;
  line.toy.fault_at(4ms, sim::Action::pause, {line.b}).lasts = 50ms;
  CHECK(line.handled() == Lines{"ping 0 @ 60ms", "ping 1 @ 70ms", "ping 2 @ 80ms"});
}

TEST_CASE("world: what a node works on, and what waits for that, is lost in a crash",
          "[world][work][crash]") {
  Line line;
  line.toy.fault_at(15ms, sim::Action::crash, {line.b}).restart_after = 1ms;
  const Run run = line.toy.run();
  CHECK(run.handled(line.b) == Lines{"ping 0 @ 10ms", "restart @ 16ms"});
  CHECK(run.world.end_reason() == sim::EndReason::rest);
  CHECK(run.world.messages_met(line.toy.faults.size() - 1) == 2);
}

TEST_CASE("world: a crash in a pause loses work whose end had come", "[world][work][crash]") {
  Line line;
  line.toy.fault_at(4ms, sim::Action::pause, {line.b}).lasts = 50ms;
  line.toy.fault_at(30ms, sim::Action::crash, {line.b}).restart_after = 1ms;
  const Run run = line.toy.run();
  CHECK(run.handled(line.b) == Lines{"restart @ 31ms"});
  CHECK(run.world.end_reason() == sim::EndReason::rest);
}

TEST_CASE("world: a full queue turns away what arrives, and says so", "[world][work][queue]") {
  const Line line{5, takes(10ms, 2)};
  const Run run = line.toy.run();
  CHECK(run.handled(line.b) == Lines{"ping 0 @ 10ms", "ping 1 @ 20ms", "ping 2 @ 30ms"});
  CHECK(run.world.counters().turned_away == 2);
  CHECK(run.world.counters().lost == 0);
  const auto turned_away = run.of_type(sim::Observation::Type::turned_away);
  REQUIRE(turned_away.size() == 2);
  CHECK(turned_away[0].what.time == at(3ms));
  CHECK(turned_away[0].what.peer == line.a);
  CHECK(run.troubles(line.b) == Lines{"struck @ 3ms", "struck @ 4ms"});
}

TEST_CASE("world: what has waited for longer than its deadline is not worked on",
          "[world][work][queue]") {
  // They arrive at 0, 1, 2, 3 and 4ms, and the second would wait for 9ms, the third for 18ms.
  sim::WorkSpec work = takes(10ms);
  work.deadline = GENERATE(9ms, 15ms);
  const Run run = Line{5, work}.toy.run();
  CHECK(run.handled(Line{}.b) == Lines{"ping 0 @ 10ms", "ping 1 @ 20ms"});
  CHECK(run.world.counters().turned_away == 3);
  CHECK(run.troubles(Line{}.b) == Lines{"struck @ 20ms", "struck @ 20ms", "struck @ 20ms"});
}

TEST_CASE("world: time that is not spent on what is too late is there for what is not",
          "[world][work][queue]") {
  sim::WorkSpec work = takes(10ms);
  work.deadline = 8ms;
  // The second waits for 9ms and is dropped; the third has waited for 8ms by then.
  CHECK(Line{3, work}.handled() == Lines{"ping 0 @ 10ms", "ping 2 @ 20ms"});
}

TEST_CASE("world: a queue with room again takes what arrives", "[world][work][queue]") {
  Line line{5, takes(2ms, 1)};
  CHECK(line.handled() == Lines{"ping 0 @ 2ms", "ping 1 @ 4ms", "ping 3 @ 6ms"});
}

TEST_CASE("world: a degraded node works more slowly on what it begins", "[world][work][degrade]") {
  Line line{4};
  sim::Fault& first = line.toy.fault_at(5ms, sim::Action::degrade, {line.b});
  first.worse.work_times = 3;
  first.lasts = 10ms;
  sim::Fault& second = line.toy.fault_at(6ms, sim::Action::degrade, {line.b});
  second.worse.work_times = 2;
  second.lasts = 10ms;
  CHECK(line.handled() ==
        Lines{"ping 0 @ 10ms", "ping 1 @ 50ms", "ping 2 @ 60ms", "ping 3 @ 70ms"});
}

TEST_CASE("world: who is degraded works as usual when faults stop", "[world][work][degrade]") {
  Line line{2};
  line.toy.fault_at(5ms, sim::Action::degrade, {line.b}).worse.work_times = 100;
  line.toy.plan.limits.quiet_after = at(8ms);
  CHECK(line.handled() == Lines{"ping 0 @ 10ms", "ping 1 @ 20ms"});
}

TEST_CASE("world: what waited for work longer than is prompt is late, since it arrived",
          "[world][work][facts]") {
  Line line;
  line.toy.plan.prompt = 19ms;
  const Run run = line.toy.run();
  CHECK(run.troubles(line.b) == Lines{"late @ 30ms"});
  const auto late = std::find_if(run.history.begin(), run.history.end(), [](const sim::Fact& fact) {
    return fact.kind == sim::FactKind::late;
  });
  CHECK(sim::since_when(*late) == at(2ms));
  CHECK(late->order == sim::OrderId{2});
  CHECK(late->value == sim::LateFact::of_work);
}

TEST_CASE("world: what waits for work is under way when a bound ends the run",
          "[world][work][end]") {
  Line line{5};
  line.toy.plan.limits.sim_time = at(10ms);
  line.toy.plan.limits.drain = 5ms;
  const Run run = line.toy.run();
  CHECK(run.world.end_reason() == sim::EndReason::busy);
  const sim::Backlog backlog = run.world.backlog();
  CHECK(backlog.messages == 4);
  CHECK(backlog.busiest == line.b);
  CHECK(backlog.at_busiest == 4);
}

TEST_CASE("world: messages of one machine take work, too", "[world][work][hosts]") {
  Line line;
  line.toy.plan.nodes[line.b.index].machine = line.a;
  CHECK(line.handled() == Lines{"ping 0 @ 10ms", "ping 1 @ 20ms", "ping 2 @ 30ms"});
}

}  // namespace indoubt::test
