#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

/// a, b and c ping each other at 0, 10, 20, ... ms; the tag says who sent it (1, 2, 3).
struct Ring {
  Toy toy;
  std::array<sim::NodeId, 3> nodes{toy.add("a"), toy.add("b"), toy.add("c")};
  Ring() {
    toy.plan.network.latency = sim::Distribution::constant(1ms);
    for (std::uint64_t i = 0; i < 3; ++i) {
      const auto next = nodes[(i + 1) % 3];
      const auto previous = nodes[(i + 2) % 3];
      toy.script(nodes[i])
          .on<sim::Start>({tick(0ms), tock(95ms)})
          .on<Tick>({ping(next, i + 1), ping(previous, i + 1), tick(10ms)})
          .on<Tock>({stop_tick()});
    }
  }
  sim::Fault& cut(sim::Duration time, std::vector<std::vector<sim::NodeId>> groups) {
    sim::Fault& fault = toy.fault_at(time, sim::Action::partition);
    fault.groups = std::move(groups);
    return fault;
  }
  /// Arrivals at one node from another, as a string with one letter for each ten milliseconds.
  std::string arrivals(const Run& run, std::size_t from, std::size_t to) const {
    std::string text(10, '-');
    for (const Seen& entry : run.of_type(sim::Observation::Type::handling)) {
      if (entry.what.node != nodes[to] || entry.what.peer != nodes[from]) continue;
      text[static_cast<std::size_t>(entry.what.time.time_since_epoch() / 10ms)] = '*';
    }
    return text;
  }
};

}  // namespace

TEST_CASE("world: a cut closes the links between its groups, both ways", "[world][partition]") {
  Ring ring;
  const auto [a, b, c] = ring.nodes;
  ring.cut(25ms, {{a, b}, {c}}).lasts = 30ms;
  const Run run = ring.toy.run();
  CHECK(ring.arrivals(run, 0, 1) == "**********");
  CHECK(ring.arrivals(run, 0, 2) == "***---****");
  CHECK(ring.arrivals(run, 2, 0) == "***---****");
  CHECK(ring.arrivals(run, 1, 2) == "***---****");
  CHECK(run.world.counters().cut == 12);
  CHECK(run.world.counters().messages == 60);
}

TEST_CASE("world: a one-way cut closes the links from its first group", "[world][partition]") {
  Ring ring;
  const auto [a, b, c] = ring.nodes;
  sim::Fault& cut = ring.cut(25ms, {{a}, {b}, {c}});
  cut.lasts = 30ms;
  cut.one_way = true;
  const Run run = ring.toy.run();
  CHECK(ring.arrivals(run, 0, 1) == "***---****");
  CHECK(ring.arrivals(run, 0, 2) == "***---****");
  CHECK(ring.arrivals(run, 1, 0) == "**********");
  CHECK(ring.arrivals(run, 1, 2) == "**********");
}

TEST_CASE("world: a node in no group is cut from none", "[world][partition]") {
  Ring ring;
  const auto [a, b, c] = ring.nodes;
  ring.cut(25ms, {{a}, {b}}).lasts = 30ms;
  const Run run = ring.toy.run();
  CHECK(ring.arrivals(run, 0, 1) == "***---****");
  CHECK(ring.arrivals(run, 2, 0) == "**********");
  CHECK(ring.arrivals(run, 1, 2) == "**********");
}

TEST_CASE("world: a link is open when no cut covers it", "[world][partition]") {
  Ring ring;
  const auto [a, b, c] = ring.nodes;
  ring.cut(15ms, {{a}, {b}}).lasts = 50ms;
  ring.cut(25ms, {{a}, {b, c}}).lasts = 10ms;
  ring.cut(55ms, {{a}, {b}}).lasts = 20ms;
  const Run run = ring.toy.run();
  CHECK(ring.arrivals(run, 0, 1) == "**------**");
  CHECK(ring.arrivals(run, 0, 2) == "***-******");
}

TEST_CASE("world: a recurring cut may overlap itself", "[world][partition][every]") {
  Ring ring;
  const auto [a, b, c] = ring.nodes;
  sim::Fault& cut = ring.cut(0ms, {{a}, {b}});
  cut.trigger = sim::Trigger::every;
  cut.every = sim::Distribution::constant(15ms);
  cut.lasts = 20ms;
  ring.toy.plan.limits.quiet_after = at(55ms);
  const Run run = ring.toy.run();
  CHECK(ring.arrivals(run, 0, 1) == "**----****");
}

TEST_CASE("world: a cut with no end lasts until quiet", "[world][partition][quiet]") {
  Ring ring;
  const auto [a, b, c] = ring.nodes;
  ring.cut(25ms, {{a}, {b}});
  ring.toy.plan.limits.quiet_after = at(65ms);
  CHECK(ring.arrivals(ring.toy.run(), 0, 1) == "***----***");
}

TEST_CASE("world: a cut of nobody from nobody and one inside a group do nothing",
          "[world][partition]") {
  Ring ring;
  const auto [a, b, c] = ring.nodes;
  ring.cut(5ms, {{a, b, c}});
  ring.cut(5ms, {{a}});
  CHECK(ring.toy.run().world.counters().cut == 0);
}

TEST_CASE("world: messages on their way when a cut begins arrive", "[world][partition]") {
  Ring ring;
  const auto [a, b, c] = ring.nodes;
  ring.toy.plan.network.latency = sim::Distribution::constant(8ms);
  ring.cut(21ms, {{a}, {b}}).lasts = 10ms;
  CHECK(ring.arrivals(ring.toy.run(), 0, 1) == "***-******");
}

}  // namespace indoubt::test
