#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

/// a and b send each other a ping every 10ms, which takes 2ms; a notes and forces besides.
struct Pair {
  Toy toy;
  sim::NodeId a = toy.add("a");
  sim::NodeId b = toy.add("b");
  Pair() {
    toy.plan.network.latency = sim::Distribution::constant(2ms);
    toy.script(a)
        .on<sim::Start>({tick(10ms), tock(95ms)})
        .on<Tick>({ping(b, 1), tick(10ms), note(1), force()})
        .on<Tock>({stop_tick()});
    toy.script(b)
        .on<sim::Start>({tick(10ms), tock(95ms)})
        .on<Tick>({ping(a, 2), tick(10ms)})
        .on<Tock>({stop_tick()});
  }
  sim::Fault& degrade(sim::Duration from, sim::Duration lasts) {
    sim::Fault& fault = toy.fault_at(from, sim::Action::degrade);
    fault.lasts = lasts;
    return fault;
  }
  /// How long each ping that arrived was under way, in ms.
  std::vector<std::int64_t> trips(sim::NodeId from, sim::NodeId to) const {
    std::vector<std::int64_t> all;
    const Run run = toy.run();
    for (const Seen& entry : run.of_type(sim::Observation::Type::sent)) {
      const bool travels = entry.what.fate == sim::Fate::travels;
      if (entry.what.node == from && entry.what.peer == to && travels)
        all.push_back((entry.what.until - entry.what.time) / 1ms);
    }
    return all;
  }
};

using Trips = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("world: a link that is worse is slower for a while, and only in its direction",
          "[world][degrade]") {
  Pair pair;
  sim::Fault& worse = pair.degrade(25ms, 30ms);
  worse.links = {{pair.b, pair.a}};
  worse.worse.times = 3;
  worse.worse.plus = 4ms;
  CHECK(pair.trips(pair.b, pair.a) == Trips{2, 2, 10, 10, 10, 2, 2, 2, 2});
  CHECK(pair.trips(pair.a, pair.b) == Trips{2, 2, 2, 2, 2, 2, 2, 2, 2});
}

TEST_CASE("world: all links of a node can be worse, and its forces, and what overlaps adds up",
          "[world][degrade]") {
  Pair pair;
  sim::Fault& first = pair.degrade(25ms, 50ms);
  first.nodes = {pair.a};
  first.worse.times = 2;
  first.worse.force_times = 3;
  sim::Fault& second = pair.degrade(35ms, 10ms);
  second.nodes = {pair.a};
  second.worse.times = 3;
  second.worse.force_times = 2;
  CHECK(pair.trips(pair.b, pair.a) == Trips{2, 2, 4, 8, 4, 4, 4, 2, 2});
  std::vector<std::int64_t> forces;
  const Run run = pair.toy.run();
  for (const Seen& entry : run.of_type(sim::Observation::Type::forcing)) {
    forces.push_back((entry.what.until - entry.what.time) / 1ms);
  }
  CHECK(forces == Trips{1, 1, 3, 4, 3, 3, 3, 1, 1});
}

TEST_CASE("world: a link that is worse loses and copies messages, and counts them",
          "[world][degrade]") {
  Pair pair;
  sim::Fault& worse = pair.degrade(25ms, 30ms);
  worse.links = {{pair.b, pair.a}};
  SECTION("all are lost") {
    worse.worse.loss = sim::Probability::certain();
    CHECK(pair.trips(pair.b, pair.a) == Trips{2, 2, 2, 2, 2, 2});
    CHECK(pair.toy.run().world.counters().lost == 3);
    CHECK(pair.toy.run().world.messages_met(0) == 3);
  }
  SECTION("all come twice") {
    worse.worse.duplicate = sim::Probability::certain();
    CHECK(pair.toy.run().world.counters().duplicated == 3);
  }
  SECTION("some are lost, others with another seed") {
    worse.lasts.reset();
    worse.worse.loss = {500'000'000};
    const Run run = pair.toy.run();
    CHECK(run.world.counters().lost > 0);
    CHECK(run.world.counters().lost < 7);
  }
}

TEST_CASE("world: a link that is no worse is as it was", "[world][degrade]") {
  Pair pair;
  const std::uint64_t without = pair.toy.run().world.digest();
  pair.degrade(25ms, 30ms).nodes = {pair.a};
  CHECK(pair.toy.run().world.digest() == without);
}

TEST_CASE("world: what is worse is well again when faults stop", "[world][degrade][quiet]") {
  Pair pair;
  sim::Fault& worse = pair.degrade(25ms, 50ms);
  worse.nodes = {pair.a};
  worse.worse.times = 5;
  worse.worse.force_times = 5;
  pair.toy.plan.limits.quiet_after = at(45ms);
  CHECK(pair.trips(pair.b, pair.a) == Trips{2, 2, 10, 10, 2, 2, 2, 2, 2});
}

TEST_CASE("world: what is worse beyond all measure does not turn time back", "[world][degrade]") {
  Pair pair;
  for (int i = 0; i < 3; ++i) {
    sim::Fault& worse = pair.degrade(25ms, 30ms);
    worse.nodes = {pair.a};
    worse.worse.plus = std::chrono::hours{870'000};
    worse.worse.times = 1'000;
    worse.worse.force_times = 1'000;
  }
  for (const std::int64_t trip : pair.trips(pair.b, pair.a)) CHECK(trip > 0);
}

}  // namespace indoubt::test
