#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

using sim::EventType;

/// c gets a ping from a and one from b at the same instant, and has a timer at 10ms, as b has,
/// which sends another.
struct Meeting {
  Toy toy;
  sim::NodeId a = toy.add("a");
  sim::NodeId b = toy.add("b");
  sim::NodeId c = toy.add("c");
  sim::Kind ping_kind = ToyMessages::of<Ping>();
  sim::Kind tick_kind = ToyMessages::of<Tick>();

  Meeting() {
    toy.plan.network.latency = sim::Distribution::constant(sim::Duration{0});
    toy.plan.event_order.emplace();
    toy.script(a).on<sim::Start>({ping(c, 1)});
    toy.script(b).on<sim::Start>({ping(c, 2), tick(10ms)}).on<Tick>({ping(c, 3)});
    toy.script(c).on<sim::Start>({tick(10ms)});
  }
  void list(sim::Event event) { toy.plan.event_order->push_back(std::move(event)); }
  sim::Event from(sim::NodeId sender, std::uint32_t nth = 1) const {
    return {.type = EventType::deliver,
            .node = c,
            .from = sender,
            .kind = ping_kind,
            .order = sim::OrderId{0},
            .nth = nth};
  }
  sim::Event timer_of(sim::NodeId node) const {
    return {.type = EventType::timer, .node = node, .kind = tick_kind, .order = sim::OrderId{0}};
  }
  Lines order() const { return toy.run().handled(c); }
};

}  // namespace

TEST_CASE("instants: what is due at one comes oldest first", "[world][instants]") {
  CHECK(Meeting{}.order() == Lines{"ping 1 @ 0s", "ping 2 @ 0s", "tick @ 10ms", "ping 3 @ 10ms"});
}

TEST_CASE("instants: what is listed comes in its order, and as soon as it can",
          "[world][instants]") {
  Meeting second_first;
  second_first.list(second_first.from(second_first.b));
  CHECK(second_first.order()[0] == "ping 2 @ 0s");

  Meeting ping_before_tick;
  ping_before_tick.list(ping_before_tick.from(ping_before_tick.b, 2));
  ping_before_tick.list(ping_before_tick.timer_of(ping_before_tick.c));
  CHECK(ping_before_tick.order() ==
        Lines{"ping 1 @ 0s", "ping 2 @ 0s", "ping 3 @ 10ms", "tick @ 10ms"});
}

TEST_CASE("instants: what waits for something that never comes goes oldest first",
          "[world][instants]") {
  Meeting meeting;
  meeting.list(meeting.from(meeting.a, 7));
  meeting.list(meeting.from(meeting.b));
  meeting.list(meeting.from(meeting.a));
  CHECK(meeting.order() == Lines{"ping 1 @ 0s", "ping 2 @ 0s", "tick @ 10ms", "ping 3 @ 10ms"});
}

TEST_CASE("instants: a fault that is listed waits for its turn", "[world][instants]") {
  Meeting meeting;
  meeting.toy.fault_at(0ms, sim::Action::crash, {meeting.c}).restart_after = 5ms;
  CHECK(meeting.order() == Lines{"restart @ 5ms", "ping 3 @ 10ms"});

  meeting.list(meeting.from(meeting.b));
  meeting.list({.type = EventType::fault, .fault = "fault-1"});
  CHECK(meeting.order() == Lines{"ping 2 @ 0s", "restart @ 5ms", "ping 3 @ 10ms"});

  // Nobody waits for one that there is not.
  meeting.toy.faults.clear();
  meeting.list(meeting.from(meeting.a));
  CHECK(meeting.order() == Lines{"ping 2 @ 0s", "ping 1 @ 0s", "tick @ 10ms", "ping 3 @ 10ms"});
}

TEST_CASE("instants: a link that keeps order keeps it", "[world][instants]") {
  for (const bool keeps : {false, true}) {
    Toy toy;
    const sim::NodeId a = toy.add("a");
    const sim::NodeId b = toy.add("b");
    const sim::LinkQuality prompt{.latency = sim::Distribution::constant(sim::Duration{0}),
                                  .fifo = keeps};
    toy.plan.links.push_back({a, b, prompt});
    toy.plan.event_order.emplace();
    toy.script(a).on<sim::Start>({ping(b, 1), ping(b, 2)});
    sim::World world{toy.compile()};
    world.reset(1, toy.faults);
    REQUIRE(world.reach_choice());
    std::vector<std::size_t> choices;
    world.list_choices(choices);
    CHECK(choices.size() == (keeps ? 1 : 2));
  }
}

TEST_CASE("instants: a timer that was armed anew for its instant is due at it",
          "[world][instants]") {
  Toy toy;
  const sim::NodeId a = toy.add("a");
  toy.plan.event_order.emplace();
  // The queue has the entry of the first arming, and the second is for the same instant.
  toy.script(a).on<sim::Start>({tick(10ms), stop_tick(), tick(10ms), tock(10ms)});
  sim::World world{toy.compile()};
  world.reset(1, toy.faults);
  REQUIRE(world.reach_choice());
  CHECK(world.now() == at(10ms));
  CHECK(world.due().size() == 2);
}

TEST_CASE("instants: late messages may come at any later one, or wait", "[world][instants]") {
  Meeting meeting;
  sim::Fault& late = meeting.toy.fault(sim::Action::delay);
  late.trigger = sim::Trigger::match;
  late.match = {.from = meeting.a, .to = meeting.c, .nth = 1};
  late.by = sim::longest_delay;
  auto compiled = meeting.toy.compile();
  sim::World world{compiled};
  world.reset(1, meeting.toy.faults);
  world.free_late_messages();
  REQUIRE(world.reach_choice());
  std::vector<std::size_t> choices;
  world.list_choices(choices);
  CHECK(choices.size() == 1);  // b's ping; a's is late, and cannot come at once
  CHECK(world.awaits_late_messages());
  REQUIRE(world.choose(choices.front()));
  CHECK(world.now() == at(10ms));
  world.list_choices(choices);
  CHECK(choices.size() == 3);  // two timers, and now the late one
  sim::World other = world;
  REQUIRE(other.choose(choices.back()));
  CHECK(!other.awaits_late_messages());
}

}  // namespace indoubt::test
