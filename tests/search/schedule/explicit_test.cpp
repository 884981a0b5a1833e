#include "search/schedule/explicit.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

/// Runs with chance and without, and gives what was written down. Checks that nothing differs.
sim::Schedule made_explicit(Toy toy, std::uint64_t seed = 1) {
  const Run run = toy.run(seed);
  sim::World world{run.plan};
  const sim::Schedule schedule = search::make_explicit(world, seed, toy.faults);
  CHECK(world.digest() == run.world.digest());
  toy.plan = search::without_chance(std::move(toy.plan));
  toy.faults = schedule;
  CHECK(toy.run(seed).world.digest() == run.world.digest());
  return schedule;
}

/// a pings b twice about each of orders 0 and 1 and once about none.
Toy pingers() {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  Op about_none = ping(b, 5);
  about_none.about = sim::no_order;
  toy.script(a).on<sim::Start>({ping(b, 1), ping(b, 2).on_order(1), about_none, ping(b, 3), ping(b, 4).on_order(1)});
  return toy;
}

constexpr sim::Probability always{1'000'000'000};

}  // namespace

TEST_CASE("explicit: a run without chance is as it was", "[explicit]") {
  Toy toy = pingers();
  toy.fault_at(1s, sim::Action::crash, {sim::NodeId{1}});
  CHECK(made_explicit(toy) == toy.faults);
}

TEST_CASE("explicit: what the network did to a message is named by link, kind, order and number",
          "[explicit]") {
  Toy toy = pingers();
  sim::Action action{};
  SECTION("lost") {
    toy.plan.network.loss = always;
    action = sim::Action::drop;
  }
  SECTION("copied") {
    toy.plan.network.duplicate = always;
    action = sim::Action::duplicate;
  }
  SECTION("damaged") {
    toy.plan.network.corrupt = always;
    action = sim::Action::corrupt;
  }
  const sim::Schedule schedule = made_explicit(toy);
  REQUIRE(schedule.size() == 5);
  CHECK(schedule[0].action == action);
  CHECK(schedule[0].match == sim::Fault::MessagePattern{.from = sim::NodeId{0}, .to = sim::NodeId{1},
                                                        .kind = ToyMessages::of<Ping>(),
                                                        .order = sim::OrderId{0}, .nth = 1});
  CHECK(schedule[4].match.order == sim::OrderId{1});
  CHECK(schedule[4].match.nth == 2);
  CHECK(schedule[2].match.order == std::nullopt);
  CHECK(schedule[2].match.nth == 3);
}

TEST_CASE("explicit: what faults did to messages is not written down again", "[explicit]") {
  Toy toy = pingers();
  toy.plan.network.duplicate = always;
  for (const auto action : {sim::Action::duplicate, sim::Action::corrupt, sim::Action::delay, sim::Action::drop}) {
    sim::Fault& fault = toy.fault(action);
    fault.trigger = sim::Trigger::match;
    fault.match = {.order = sim::OrderId{0}, .nth = action == sim::Action::duplicate ? 1 : 2};
    fault.by = 3ms;
  }
  const sim::Schedule schedule = made_explicit(toy);
  CHECK(schedule.size() == toy.faults.size() + 4);  // ping 3 did not travel, so it was not copied
}

TEST_CASE("explicit: occurrences stand where their fault stood, and keep what they draw", "[explicit]") {
  Toy toy = pingers();
  toy.plan.limits.quiet_after = at(1s);
  toy.fault_at(100ms, sim::Action::clock, {sim::NodeId{0}}).jump = 1s;
  sim::Fault& recurring = toy.fault(sim::Action::crash, {sim::NodeId{1}});
  recurring.id = "gc";
  recurring.trigger = sim::Trigger::every;
  recurring.every = sim::Distribution::constant(300ms);
  recurring.keep = sim::Keep::some;
  recurring.restart_after = 300ms;
  toy.fault_at(300ms, sim::Action::clock, {sim::NodeId{0}}).offset = 1s;
  toy.script(sim::NodeId{1}).on<sim::Restart>({note(1), note(2), note(3)}).on<Ping>({note(4), note(5)});
  const auto seed = GENERATE(range(1u, 9u));
  const sim::Schedule schedule = made_explicit(toy, seed);
  REQUIRE(schedule.size() == 5);
  CHECK(schedule[0].id == "fault-1");
  CHECK(schedule[1].id == "gc#1");
  CHECK(schedule[1].at == at(300ms));
  CHECK(schedule[3].id == "gc#3");
  CHECK(schedule[3].trigger == sim::Trigger::at);
  CHECK(schedule[4].id == "fault-3");
}

TEST_CASE("explicit: faults whose occurrences meet and overlap", "[explicit]") {
  Toy toy = pingers();
  toy.plan.limits.quiet_after = at(1s);
  toy.script(sim::NodeId{1}).on<sim::Start>({tick(10ms)}).on<Tick>({note(1), tick(50ms)});
  toy.plan.limits.sim_time = at(2s);
  sim::Fault& recurring = toy.fault(GENERATE(sim::Action::pause, sim::Action::crash), {sim::NodeId{1}});
  recurring.trigger = sim::Trigger::every;
  recurring.every = sim::Distribution::constant(100ms);
  recurring.lasts = recurring.restart_after = GENERATE(50ms, 100ms, 150ms, 200ms);
  CHECK(made_explicit(toy).size() == 9);
}

TEST_CASE("explicit: a place in the whole run becomes one in a handling", "[explicit]") {
  Toy toy = pingers();
  toy.script(sim::NodeId{1}).on<Ping>({note(1), force(), note(2), ping(sim::NodeId{0}, 9)});
  sim::Fault& crash = toy.fault(sim::Action::crash, {sim::NodeId{1}});
  crash.trigger = sim::Trigger::place;
  // Each ping that b handles has four effects, so the seventh waits for the force of the second.
  crash.place = {.handling = std::nullopt, .effect = 7};
  crash.restart_after = 10ms;
  const sim::Schedule schedule = made_explicit(toy);
  REQUIRE(schedule.size() == 1);
  CHECK(schedule[0].id == "fault-1");
  CHECK(schedule[0].place.effect == 3);
  CHECK(schedule[0].place.handling == sim::Fault::Handling{.kind = ToyMessages::of<Ping>(),
                                                           .order = sim::OrderId{1}, .nth = 1});
}

TEST_CASE("explicit: a fault on many messages becomes one for each", "[explicit]") {
  Toy toy = pingers();
  toy.script(sim::NodeId{1}).on<sim::Start>({note(1), note(2), note(3)});
  sim::Fault& crash = toy.fault(sim::Action::crash, {sim::NodeId{1}});
  crash.trigger = sim::Trigger::match;
  crash.match.kind = ToyMessages::of<Ping>();
  crash.keep = sim::Keep::some;
  crash.restart_after = 1ms;
  const std::string id = GENERATE("crash", "crash#3");
  crash.id = id;
  sim::Fault& drop = toy.fault(sim::Action::drop);
  drop.trigger = sim::Trigger::match;
  drop.match = {.to = sim::NodeId{1}, .nth = 4};
  const sim::Schedule schedule = made_explicit(toy, GENERATE(range(1u, 5u)));
  REQUIRE(schedule.size() == 6);
  for (std::size_t i = 0; i < 5; ++i) CHECK(schedule[i].id == id + "#" + std::to_string(i + 1));
  CHECK(schedule[5].id == "fault-2");
  CHECK(schedule[5].match == schedule[3].match);
  CHECK(schedule[5].match == sim::Fault::MessagePattern{.from = sim::NodeId{0}, .to = sim::NodeId{1},
                                                        .kind = ToyMessages::of<Ping>(),
                                                        .order = sim::OrderId{0}, .nth = 2});
}

TEST_CASE("explicit: faults that did not take place are kept or left out", "[explicit]") {
  Toy toy = pingers();
  toy.fault_at(1ms, sim::Action::crash, {sim::NodeId{1}});
  toy.fault(sim::Action::drop).trigger = sim::Trigger::match;
  toy.faults.back().match.nth = 99;
  sim::World world{toy.compile()};
  CHECK(search::make_explicit(world, 1, toy.faults) == toy.faults);
  const sim::Schedule fired{toy.faults.front()};
  CHECK(search::make_explicit(world, 1, toy.faults, search::Unfired::leave_out) == fired);
}

TEST_CASE("explicit: an id with a number in it is no occurrence of another", "[explicit]") {
  Toy toy = pingers();
  toy.plan.limits.quiet_after = at(1s);
  toy.script(sim::NodeId{1}).on<sim::Restart>({note(1), note(2), note(3)});
  sim::Fault& recurring = toy.fault(sim::Action::crash, {sim::NodeId{1}});
  recurring.id = "gc#2";
  recurring.trigger = sim::Trigger::every;
  recurring.every = sim::Distribution::constant(100ms);
  recurring.keep = sim::Keep::some;
  recurring.restart_after = 50ms;
  CHECK(made_explicit(toy, GENERATE(range(1u, 9u)))[0].id == "gc#2#1");
}

TEST_CASE("explicit: names of what chance did are names of nothing else", "[explicit]") {
  Toy toy = pingers();
  toy.plan.network.duplicate = always;
  toy.fault_at(1s, sim::Action::crash, {sim::NodeId{1}}).id = "chance-1";
  const sim::Schedule schedule = made_explicit(toy);
  CHECK(schedule[0].id == "chance-1");
  CHECK(schedule[1].id == "chance--1");
}

}  // namespace indoubt::test
