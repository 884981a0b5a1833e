#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

/// a sends five pings and five ballots to b and to c: tags 1..5, orders 0 and 1 in turn.
struct Senders {
  Toy toy;
  sim::NodeId a = toy.add("a");
  sim::NodeId b = toy.add("b");
  sim::NodeId c = toy.add("c");
  Senders() {
    std::vector<Op> sends;
    for (std::uint32_t i = 1; i <= 5; ++i) {
      for (const sim::NodeId to : {b, c}) {
        sends.push_back(ping(to, i).on_order(i % 2));
        sends.push_back(ballot(to, i).on_order(i % 2));
      }
    }
    toy.script(a).on<sim::Start>(sends);
  }
  sim::Fault& match(sim::Action action, sim::Fault::MessagePattern pattern) {
    sim::Fault& fault = toy.fault(action);
    fault.trigger = sim::Trigger::match;
    fault.match = pattern;
    return fault;
  }
  /// What b handled, without its times.
  Lines arrived() const {
    Lines lines = toy.run().handled(b);
    for (std::string& line : lines) line = line.substr(0, line.find(" @"));
    return lines;
  }
};

constexpr sim::Kind pings = ToyMessages::of<Ping>();

}  // namespace

TEST_CASE("world: a drop takes away the n-th sending that matches", "[world][match]") {
  Senders senders;
  SECTION("of one kind to one node") {
    senders.match(sim::Action::drop, {.from = senders.a, .to = senders.b, .kind = pings, .nth = 2});
    CHECK(senders.arrived() == Lines{"ping 1", "ballot 1", "ballot 2", "ping 3", "ballot 3",
                                     "ping 4", "ballot 4", "ping 5", "ballot 5"});
  }
  SECTION("of one order") {
    senders.match(sim::Action::drop, {.to = senders.b, .order = sim::OrderId{0}, .nth = 3});
    CHECK(senders.arrived()[6] == "ballot 4");
    CHECK(senders.arrived().size() == 9);
  }
  SECTION("of any: counted over all that match") {
    senders.match(sim::Action::drop, {.nth = 4});  // the first ballot to c
    CHECK(senders.arrived().size() == 10);
    senders.match(sim::Action::drop, {.nth = 5});  // the second ping to b
    CHECK(senders.arrived().size() == 9);
  }
  SECTION("every one") {
    senders.match(sim::Action::drop, {.to = senders.b, .kind = pings});
    CHECK(senders.arrived() == Lines{"ballot 1", "ballot 2", "ballot 3", "ballot 4", "ballot 5"});
    CHECK(senders.toy.run().world.counters().lost == 5);
  }
  SECTION("none that matches") {
    senders.match(sim::Action::drop, {.from = senders.b});
    CHECK_FALSE(senders.toy.run().world.fault_fired(0));
  }
}

TEST_CASE("world: a corrupted message is counted and does not arrive", "[world][match]") {
  Senders senders;
  senders.match(sim::Action::corrupt, {.to = senders.b, .kind = pings, .nth = 2});
  CHECK(senders.arrived().size() == 9);
  CHECK(senders.toy.run().world.counters().corrupted == 1);
  CHECK(senders.toy.run().world.counters().lost == 0);
}

TEST_CASE("world: a duplicate comes besides the message, later by as much as it says",
          "[world][match]") {
  Senders senders;
  senders.match(sim::Action::duplicate, {.to = senders.b, .kind = pings, .nth = 2}).by = 7ms;
  const Run run = senders.toy.run();
  CHECK(run.handled(senders.b).back() == "ping 2 @ 12ms");
  CHECK(run.handled(senders.b).size() == 11);
  CHECK(run.world.counters().duplicated == 1);
  CHECK(run.world.counters().messages == 20);
}

TEST_CASE("world: delays of one message add up", "[world][match]") {
  Senders senders;
  senders.match(sim::Action::delay, {.to = senders.b, .kind = pings, .nth = 2}).by = 7ms;
  senders.match(sim::Action::delay, {.to = senders.b, .nth = 3}).by = 20ms;
  CHECK(senders.toy.run().handled(senders.b).back() == "ping 2 @ 32ms");
}

TEST_CASE("world: a copy does not pass a cut", "[world][match][partition]") {
  Senders senders;
  senders.match(sim::Action::duplicate, {.to = senders.b});
  senders.toy.fault_at(0ms, sim::Action::partition).groups = {{senders.a}, {senders.b}};
  senders.toy.faults.back().lasts = 1ms;
  const Run run = senders.toy.run();
  CHECK(run.handled(senders.b).empty());
  CHECK(run.world.counters().duplicated == 0);
  CHECK(run.world.counters().cut == 10);
}

TEST_CASE("world: copies that the network makes do not count as sendings", "[world][match]") {
  Senders senders;
  senders.toy.plan.network.duplicate = {1'000'000'000};
  senders.match(sim::Action::drop, {.to = senders.b, .kind = pings, .nth = 2});
  const Lines lines = senders.arrived();
  CHECK(lines.size() == 18);
  CHECK(std::count(lines.begin(), lines.end(), "ping 1") == 2);
  CHECK(std::count(lines.begin(), lines.end(), "ping 2") == 0);
}

TEST_CASE("world: the sending at which its sender crashes still leaves, and nothing after it",
          "[world][match][crash]") {
  Senders senders;
  senders.match(sim::Action::crash, {.to = senders.b, .kind = pings, .nth = 2}).nodes = {senders.a};
  CHECK(senders.arrived() == Lines{"ping 1", "ballot 1", "ping 2"});
}

TEST_CASE("world: a node can crash again and again, at every sending", "[world][match][crash]") {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  toy.script(a).on<sim::Start>({ping(b, 1), ping(b, 2)}).on<sim::Restart>({ping(b, 3), ping(b, 4)});
  sim::Fault& crash = toy.fault(sim::Action::crash, {a});
  crash.trigger = sim::Trigger::match;
  crash.match = {.from = a};
  crash.restart_after = 10ms;
  toy.plan.limits.quiet_after = at(35ms);
  CHECK(toy.run().handled(b) == Lines{"ping 1 @ 5ms", "ping 3 @ 15ms", "ping 3 @ 25ms",
                                      "ping 3 @ 35ms", "ping 3 @ 40ms", "ping 4 @ 40ms"});
}

TEST_CASE("world: nothing matches after quiet", "[world][match][quiet]") {
  Senders senders;
  senders.toy.plan.limits.quiet_after = at(0ms);
  senders.match(sim::Action::drop, {.to = senders.b});
  CHECK(senders.arrived().size() == 10);
}

TEST_CASE("world: a fault on messages can be in force in a window alone", "[world][match]") {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  toy.script(a)
      .on<sim::Start>({tick(10ms), tock(95ms)})
      .on<Tick>({ping(b, 1), tick(10ms)})
      .on<Tock>({stop_tick()});
  sim::Fault& fault = toy.fault(sim::Action::drop);
  fault.trigger = sim::Trigger::match;
  SECTION("from an instant on") {
    fault.window = sim::Window::at;
    fault.at = at(35ms);
    CHECK(toy.run().handled(b).size() == 3);
  }
  SECTION("for a while") {
    fault.window = sim::Window::at;
    fault.at = at(35ms);
    fault.lasts = 20ms;
    const Run run = toy.run();
    CHECK(run.handled(b).size() == 7);
    CHECK(run.world.messages_met(0) == 2);
  }
  SECTION("again and again, whatever is struck meanwhile") {
    fault.window = sim::Window::every;
    fault.every = sim::Distribution::constant(25ms);
    fault.lasts = 10ms;
    // Open from 25, 50 and 75ms on: the pings at 30, 50 (the window opens first) and 80ms are lost.
    CHECK(toy.run().handled(b).size() == 6);
  }
  SECTION("the n-th that matches is counted within it") {
    fault.window = sim::Window::at;
    fault.at = at(35ms);
    fault.match.nth = 2;
    const Run run = toy.run();
    CHECK(run.handled(b).size() == 8);
    CHECK(run.world.occurred().front().at == at(50ms));
  }
}

TEST_CASE("world: a fault on messages can strike some of them", "[world][match]") {
  Senders senders;
  sim::Fault& fault = senders.match(sim::Action::drop, {.to = senders.b});
  fault.probability = {500'000'000};
  const std::uint64_t lost = senders.toy.run().world.counters().lost;
  CHECK(lost > 0);
  CHECK(lost < 10);
  fault.probability = {};
  CHECK(senders.toy.run().world.counters().lost == 0);
}

}  // namespace indoubt::test
