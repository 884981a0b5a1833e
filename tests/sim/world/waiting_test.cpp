#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

sim::DiskSpec slow_disk(bool group_commit) {
  return {.force = sim::Distribution::constant(10ms), .group_commit = group_commit};
}

/// a pings b at 0, 1, 2 ... ms; b notes, forces and answers with what it was told.
struct Burst {
  Toy toy;
  sim::NodeId a = toy.add("a");
  sim::NodeId b;
  explicit Burst(bool group_commit, std::uint64_t count = 3)
      : b{toy.add("b", slow_disk(group_commit))} {
    toy.plan.network.latency = sim::Distribution::constant(0ms);
    std::vector<Op> sends;
    for (std::uint32_t i = 0; i < count; ++i) {
      sends.push_back(ping(b, i).on_order(i));
      toy.script(b).on<Ping>(i, {note(i), force(), ping(a, i)});
    }
    toy.script(a).on<sim::Start>(sends);
    for (std::uint32_t i = 1; i < count; ++i) {
      sim::Fault& delay = toy.fault(sim::Action::delay);
      delay.trigger = sim::Trigger::match;
      delay.match = {.from = a, .order = sim::OrderId{i}};
      delay.by = i * 1ms;
    }
  }
};

}  // namespace

TEST_CASE("world: messages wait while a node forces, and are handled in order",
          "[world][waiting]") {
  const Burst burst{false};
  const Run run = burst.toy.run();
  CHECK(run.handled(burst.b) == Lines{"ping 0 @ 0s", "ping 1 @ 10ms", "ping 2 @ 20ms"});
  CHECK(run.handled(burst.a) == Lines{"ping 0 @ 10ms", "ping 1 @ 20ms", "ping 2 @ 30ms"});
}

TEST_CASE("world: messages that wait are lost in a crash", "[world][waiting][crash]") {
  Burst burst{false};
  burst.toy.fault_at(5ms, sim::Action::crash, {burst.b}).restart_after = 1ms;
  const Run run = burst.toy.run();
  CHECK(run.handled(burst.b) == Lines{"ping 0 @ 0s", "restart @ 6ms"});
  CHECK(run.handled(burst.a).empty());
  CHECK(run.world.end_reason() == sim::EndReason::rest);
}

TEST_CASE("world: with group commit a node handles on and its sends wait for their forces",
          "[world][waiting][group-commit]") {
  const Burst burst{true};
  const Run run = burst.toy.run();
  CHECK(run.handled(burst.b) == Lines{"ping 0 @ 0s", "ping 1 @ 1ms", "ping 2 @ 2ms"});
  CHECK(run.handled(burst.a) == Lines{"ping 0 @ 10ms", "ping 1 @ 11ms", "ping 2 @ 12ms"});
  CHECK(run.effects(burst.b, true) == Lines{"note 0 @ 0s", "force @ 0s", "note 1 @ 1ms",
                                            "force @ 1ms", "note 2 @ 2ms", "force @ 2ms",
                                            "ping 0 @ 10ms", "ping 1 @ 11ms", "ping 2 @ 12ms"});
}

TEST_CASE("world: with group commit nothing leaves that rests on what is not durable",
          "[world][waiting][group-commit]") {
  Toy toy;
  const auto a = toy.add("a");
  const auto b =
      toy.add("b", {.force = sim::Distribution{.shape = sim::Distribution::Shape::uniform,
                                               .first = 1ms,
                                               .second = 30ms},
                    .group_commit = true});
  std::vector<Op> sends;
  for (std::uint32_t i = 0; i < 4; ++i) {
    sends.push_back(ping(b, i).on_order(i));
    toy.script(b).on<Ping>(i, {note(i), force(), ping(a, 2 * i), note(10 + i), force(),
                               ping(a, 2 * i + 1), tick(1ms), stop_tick()});
  }
  toy.script(a).on<sim::Start>(sends);
  toy.plan.network.latency = sim::Distribution::constant(1ms);
  const auto seed = GENERATE(range(1u, 20u));
  const Run run = toy.run(seed);
  std::uint64_t forces = 0;
  std::uint64_t next_tag = 0;
  for (const Seen& entry : run.seen) {
    if (entry.what.node != b) continue;
    if (entry.what.type == sim::Observation::Type::forced) ++forces;
    if (entry.what.type != sim::Observation::Type::sent) continue;
    CHECK(entry.tag == next_tag++);
    CHECK(forces >= next_tag);
  }
  CHECK(next_tag == 8);
}

TEST_CASE("world: with group commit a crash before effect k leaves k-1 effects",
          "[world][waiting][group-commit][crash]") {
  Burst burst{true};
  const Lines all = burst.toy.run().effects(burst.b);
  const auto k = GENERATE(range(1u, 10u));
  sim::Fault& crash = burst.toy.fault(sim::Action::crash, {burst.b});
  crash.trigger = sim::Trigger::place;
  crash.place.effect = k;
  const Run run = burst.toy.run();
  CHECK(run.effects(burst.b) == Lines(all.begin(), all.begin() + (k - 1)));
  CHECK(run.world.end_reason() == sim::EndReason::rest);
}

TEST_CASE("world: with group commit a crash drops the sends that wait",
          "[world][waiting][group-commit][crash]") {
  Burst burst{true};
  burst.toy.fault_at(10ms + 500us, sim::Action::crash, {burst.b}).restart_after = 5ms;
  const Run run = burst.toy.run();
  CHECK(run.handled(burst.a) == Lines{"ping 0 @ 10ms"});
  CHECK(run.state(burst.b) == "{_, [0], 1}");
}

TEST_CASE("world: with group commit a pause holds the sends back, and the disk goes on",
          "[world][waiting][group-commit][pause]") {
  Burst burst{true};
  burst.toy.fault_at(5ms, sim::Action::pause, {burst.b}).lasts = 45ms;
  const Run run = burst.toy.run();
  CHECK(run.handled(burst.a) == Lines{"ping 0 @ 50ms", "ping 1 @ 50ms", "ping 2 @ 50ms"});
  CHECK(run.of_type(sim::Observation::Type::forced).back().what.time == at(12ms));
}

TEST_CASE("world: with group commit a pause in the middle of a handling holds back what leaves",
          "[world][waiting][group-commit][pause]") {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b", slow_disk(true));
  toy.script(a).on<sim::Start>({ping(b, 1), ping(b, 2)});
  toy.script(b).on<Ping>(1, {take(1), note(1), force(), ping(a, 1)});
  toy.script(b).on<Ping>(2, {note(2), force(), ping(a, 2)});
  sim::Fault& pause = toy.fault(sim::Action::pause, {b});
  pause.trigger = sim::Trigger::when;
  pause.when = {.fact = sim::FactKind::held};
  pause.lasts = 20ms;
  CHECK(toy.run().effects(b, true) == Lines{"take 1 @ 5ms", "note 1 @ 5ms", "force @ 5ms",
                                            "ping 1 @ 25ms", "note 2 @ 25ms", "force @ 25ms",
                                            "ping 2 @ 35ms"});
}

}  // namespace indoubt::test
