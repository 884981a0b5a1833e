#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

using Shape = sim::Distribution::Shape;

/// a sends `count` pings to b at once, each about its own order.
struct Volley {
  Toy toy;
  sim::NodeId a = toy.add("a");
  sim::NodeId b = toy.add("b");
  explicit Volley(std::uint32_t count) {
    toy.plan.orders = count;
    std::vector<Op> sends;
    for (std::uint32_t i = 0; i < count; ++i) sends.push_back(ping(b, i).on_order(i));
    toy.script(a).on<sim::Start>(sends);
  }
  std::vector<sim::Duration> latencies() const {
    std::vector<sim::Duration> all;
    const Run run = toy.run();
    for (const Seen& entry : run.of_type(sim::Observation::Type::sent)) {
      all.push_back(entry.what.until - entry.what.time);
    }
    std::sort(all.begin(), all.end());
    return all;
  }
};

constexpr sim::Probability percent(std::uint32_t parts) { return {parts * 10'000'000}; }

}  // namespace

TEST_CASE("world: latencies follow their distribution", "[world][network]") {
  Volley volley{2000};
  auto& latency = volley.toy.plan.network.latency;
  SECTION("constant") {
    latency = sim::Distribution::constant(7ms);
    const auto all = volley.latencies();
    CHECK(all.front() == 7ms);
    CHECK(all.back() == 7ms);
  }
  SECTION("uniform") {
    latency = {Shape::uniform, 2ms, 10ms};
    const auto all = volley.latencies();
    CHECK(all.front() >= 2ms);
    CHECK(all.back() <= 10ms);
    CHECK(all[1000] / 1us == Approx(6000).margin(400));
  }
  SECTION("exponential") {
    latency = {Shape::exponential, 10ms};
    const auto all = volley.latencies();
    CHECK(all[1000] / 1us == Approx(6931).epsilon(0.08));
  }
  SECTION("lognormal") {
    latency = {Shape::lognormal, 8ms, 60ms};
    const auto all = volley.latencies();
    CHECK(all[1000] / 1us == Approx(8000).epsilon(0.08));
    CHECK(all[1980] / 1us == Approx(60000).epsilon(0.25));
  }
  SECTION("pareto") {
    latency = {Shape::pareto, 5ms, 50ms};
    const auto all = volley.latencies();
    CHECK(all.front() >= 5ms);
    CHECK(all[1980] / 1us == Approx(50000).epsilon(0.25));
  }
}

TEST_CASE("world: messages are lost, copied and damaged as often as the network says",
          "[world][network]") {
  Volley volley{2000};
  SECTION("never") {
    const Run run = volley.toy.run();
    CHECK(run.handled(volley.b).size() == 2000);
    CHECK(run.world.counters().lost + run.world.counters().corrupted == 0);
  }
  SECTION("loss") {
    volley.toy.plan.network.loss = percent(10);
    const Run run = volley.toy.run();
    CHECK(run.world.counters().lost == Approx(200).margin(50));
    CHECK(run.handled(volley.b).size() == 2000 - run.world.counters().lost);
  }
  SECTION("duplicate") {
    volley.toy.plan.network.duplicate = percent(10);
    const Run run = volley.toy.run();
    CHECK(run.world.counters().duplicated == Approx(200).margin(50));
    CHECK(run.handled(volley.b).size() == 2000 + run.world.counters().duplicated);
  }
  SECTION("corrupt") {
    volley.toy.plan.network.corrupt = percent(10);
    const Run run = volley.toy.run();
    CHECK(run.world.counters().corrupted == Approx(200).margin(50));
    CHECK(run.handled(volley.b).size() == 2000 - run.world.counters().corrupted);
  }
  SECTION("always") {
    volley.toy.plan.network.loss = percent(100);
    CHECK(volley.toy.run().handled(volley.b).empty());
  }
  CHECK(volley.toy.run().world.counters().messages == 2000);
}

TEST_CASE("world: loss, duplication and damage of a link do not touch another",
          "[world][network]") {
  Volley volley{50};
  const auto c = volley.toy.add("c");
  volley.toy.plan.links.push_back({volley.a, c, {.loss = percent(100)}});
  CHECK(volley.toy.run().handled(volley.b).size() == 50);
}

TEST_CASE("world: no message overtakes another on a link that keeps order",
          "[world][network][fifo]") {
  Volley volley{200};
  sim::LinkQuality quality{.latency = {Shape::uniform, 1ms, 50ms}};
  SECTION("it keeps order") { quality.fifo = true; }
  SECTION("it does not") { quality.fifo = false; }
  volley.toy.plan.links.push_back({volley.a, volley.b, quality});
  std::vector<std::uint64_t> tags;
  const Run run = volley.toy.run();
  for (const Seen& entry : run.of_type(sim::Observation::Type::handling)) {
    if (entry.what.node == volley.b && entry.what.peer == volley.a) tags.push_back(entry.tag);
  }
  CHECK(tags.size() == 200);
  CHECK(std::is_sorted(tags.begin(), tags.end()) == quality.fifo);
}

TEST_CASE("world: on a link that keeps order copies overtake nobody, either",
          "[world][network][fifo]") {
  Volley volley{200};
  volley.toy.plan.links.push_back(
      {volley.a,
       volley.b,
       {.latency = {Shape::uniform, 1ms, 50ms}, .duplicate = percent(30), .fifo = true}});
  std::vector<std::uint64_t> tags;
  const Run run = volley.toy.run();
  for (const Seen& entry : run.of_type(sim::Observation::Type::handling)) {
    if (entry.what.node == volley.b && entry.what.peer == volley.a) tags.push_back(entry.tag);
  }
  CHECK(tags.size() == 200 + run.world.counters().duplicated);
  CHECK(std::is_sorted(tags.begin(), tags.end()));
}

TEST_CASE("world: the client's messages use the network's defaults and do not count",
          "[world][network][client]") {
  Volley volley{100};
  volley.toy.plan.client = volley.a;
  volley.toy.plan.network.duplicate = percent(100);
  volley.toy.plan.network.corrupt = percent(100);
  volley.toy.plan.links.push_back(
      {volley.a, volley.b, {.latency = sim::Distribution::constant(1s)}});
  const Run run = volley.toy.run();
  CHECK(run.handled(volley.b).size() == 100);
  CHECK(run.handled(volley.b).back() == "ping 99 @ 5ms");
  CHECK(run.world.counters().messages == 0);
}

}  // namespace indoubt::test
