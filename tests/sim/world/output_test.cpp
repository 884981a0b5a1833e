#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

// Output by handling: what a node lets out waits for the forces of the same handling alone.
namespace indoubt::test {
namespace {

/// a pings b with 0 at 0ms and with 1 at 1ms. b writes and forces for the first, which takes 10ms,
/// and does this for the second.
struct Overtaking {
  Toy toy;
  sim::NodeId a = toy.add("a");
  sim::NodeId b;
  Overtaking(std::vector<Op> second, sim::Output output = sim::Output::by_handling)
      : b{toy.add(
            "b",
            {.force = sim::Distribution::constant(10ms), .group_commit = true, .output = output})} {
    toy.plan.network.latency = sim::Distribution::constant(0ms);
    toy.script(a).on<sim::Start>({ping(b, 0), tick(1ms)}).on<Tick>({ping(b, 1)});
    toy.script(b).on<Ping>(0, {note(0), force(), ping(a, 0)}).on<Ping>(1, std::move(second));
  }
  Op answer() const { return ping(a, 1); }
};

/// The answers, and when they arrive.
Lines answers(const Overtaking& made) {
  Lines lines;
  for (const std::string& line : made.toy.run().handled(made.a)) {
    if (line.starts_with("ping")) lines.push_back(line);
  }
  return lines;
}

}  // namespace

TEST_CASE("world: by handling, an answer does not wait for what others have not forced",
          "[world][output]") {
  const sim::NodeId a{0};
  CHECK(answers({{ping(a, 1)}}) == Lines{"ping 1 @ 1ms", "ping 0 @ 10ms"});
  CHECK(answers({{ping(a, 1)}, sim::Output::ordered}) == Lines{"ping 0 @ 10ms", "ping 1 @ 10ms"});
}

TEST_CASE("world: by handling, an answer waits for its own force, which is behind the others",
          "[world][output]") {
  const Overtaking made{{note(1), force(), ping(sim::NodeId{0}, 1)}};
  CHECK(answers(made) == Lines{"ping 0 @ 10ms", "ping 1 @ 11ms"});
  CHECK(made.toy.run().world.counters().forced_writes == 2);
}

TEST_CASE("world: by handling, timers are armed and cancelled at once, but behind an own force",
          "[world][output]") {
  const Overtaking made{{tick(5ms), note(1), force(), tock(1ms)}};
  const Lines effects = made.toy.run().effects(made.b, true);
  CHECK(std::count(effects.begin(), effects.end(), "arm tick @ 1ms") == 1);
  CHECK(std::count(effects.begin(), effects.end(), "arm tock @ 11ms") == 1);
}

TEST_CASE("world: who answers from the log awaits the forces of others, and it costs nothing",
          "[world][output]") {
  const Overtaking made{{await_forces(), ping(sim::NodeId{0}, 1)}};
  CHECK(answers(made) == Lines{"ping 0 @ 10ms", "ping 1 @ 10ms"});
  CHECK(made.toy.run().world.counters().forced_writes == 1);
}

TEST_CASE("world: a force with nothing new to force waits for what is under way, and is free",
          "[world][output]") {
  const Overtaking made{{force(), ping(sim::NodeId{0}, 1)}};
  CHECK(answers(made) == Lines{"ping 0 @ 10ms", "ping 1 @ 10ms"});
  CHECK(made.toy.run().world.counters().forced_writes == 1);
}

TEST_CASE("world: with nothing under way there is nothing to wait for", "[world][output]") {
  Overtaking made{{note(1), await_forces(), ping(sim::NodeId{0}, 1)}};
  made.toy.script(made.b).rules.front().ops = {};
  CHECK(answers(made) == Lines{"ping 1 @ 1ms"});  // and what is not forced stays so
  made.toy.script(made.b).rules.back().ops = {force(), ping(made.a, 1)};
  CHECK(answers(made) == Lines{"ping 1 @ 1ms"});
  CHECK(made.toy.run().world.counters().forced_writes == 0);
}

TEST_CASE("world: where output is ordered, awaiting forces is nothing", "[world][output]") {
  const Overtaking with{{await_forces(), ping(sim::NodeId{0}, 1)}, sim::Output::ordered};
  const Overtaking without{{ping(sim::NodeId{0}, 1)}, sim::Output::ordered};
  CHECK(with.toy.run().world.digest() == without.toy.run().world.digest());
}

TEST_CASE("world: by handling, a crash loses what was told already", "[world][output][crash]") {
  Overtaking made{{ping(sim::NodeId{0}, 1)}};
  made.toy.fault_at(5ms, sim::Action::crash, {made.b}).restart_after = 1ms;
  const Run run = made.toy.run();
  CHECK(run.handled(made.a).back() == "ping 1 @ 1ms");
  CHECK(run.world.log(made.b).records() == 0);
}

TEST_CASE("world: after a crash a force has nothing to force but what is new", "[world][output]") {
  Overtaking made{{note(1), force(), ping(sim::NodeId{0}, 1)}};
  made.toy.fault_at(20ms, sim::Action::crash, {made.b}).restart_after = 1ms;
  made.toy.script(made.b).on<sim::Restart>({force(), ping(made.a, 2)});
  CHECK(answers(made) == Lines{"ping 0 @ 10ms", "ping 1 @ 11ms", "ping 2 @ 21ms"});
  CHECK(made.toy.run().world.counters().forced_writes == 2);
}

}  // namespace indoubt::test
