#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

/// One node that a neighbour gives instructions at known instants.
struct Alone {
  Toy toy;
  sim::NodeId a = toy.add("a");
  sim::NodeId other = toy.add("other");

  /// a handles `ops` at this instant.
  void at_time(sim::Duration time, std::vector<Op> ops) {
    const std::uint64_t tag = next_++;
    starts_.push_back({time, tag});
    toy.script(a).on<Ping>(tag, std::move(ops));
  }
  Run run() {
    // Pings of order i are sent at once and each is delayed to its instant.
    Script& script = toy.script(other);
    script.rules.clear();
    std::vector<Op> sends;
    toy.plan.network.latency = sim::Distribution::constant(0ms);
    std::vector<sim::Fault> delays;
    for (const auto& [time, tag] : starts_) {
      sends.push_back(ping(a, tag));
      sim::Fault delay;
      delay.id = "delay-" + std::to_string(tag);
      delay.trigger = sim::Trigger::match;
      delay.match = {.from = other,
                     .to = a,
                     .kind = ToyMessages::of<Ping>(),
                     .order = sim::OrderId{0},
                     .nth = static_cast<std::uint32_t>(tag)};
      delay.action = sim::Action::delay;
      delay.by = time;
      delays.push_back(delay);
    }
    toy.faults.insert(toy.faults.end(), delays.begin(), delays.end());
    script.on<sim::Start>(sends);
    return toy.run();
  }

 private:
  std::uint64_t next_ = 1;
  std::vector<std::pair<sim::Duration, std::uint64_t>> starts_;
};

/// Only the timers among what was handled.
Lines timers(const Run& run, sim::NodeId node) {
  Lines lines;
  for (const std::string& line : run.handled(node)) {
    if (line.substr(0, 1) == "t") lines.push_back(line);
  }
  return lines;
}

void check_order(const Run& run) {
  sim::TrueTime last{};
  for (const Seen& entry : run.seen) {
    CHECK(entry.what.time >= last);
    last = entry.what.time;
  }
  CHECK(run.world.end_reason() == sim::EndReason::rest);
}

}  // namespace

TEST_CASE("world: a timer fires once, after its length", "[world][timer]") {
  Alone alone;
  alone.at_time(1ms, {tick(10ms)});
  const Run run = alone.run();
  CHECK(timers(run, alone.a) == Lines{"tick @ 11ms"});
  check_order(run);
}

TEST_CASE("world: a cancelled timer does not fire", "[world][timer]") {
  Alone alone;
  alone.at_time(1ms, {tick(10ms), tock(20ms)});
  alone.at_time(11ms - 1ns, {stop_tick()});
  const Run run = alone.run();
  CHECK(timers(run, alone.a) == Lines{"tock @ 21ms"});
  check_order(run);
}

TEST_CASE("world: a timer that is armed again replaces itself", "[world][timer]") {
  Alone alone;
  alone.at_time(1ms, {tick(10ms)});
  SECTION("later") {
    alone.at_time(5ms, {tick(10ms)});
    CHECK(timers(alone.run(), alone.a) == Lines{"tick @ 15ms"});
  }
  SECTION("earlier") {
    alone.at_time(5ms, {tick(2ms)});
    CHECK(timers(alone.run(), alone.a) == Lines{"tick @ 7ms"});
  }
  SECTION("earlier and later again") {
    alone.at_time(5ms, {tick(2ms)});
    alone.at_time(6ms, {tick(10ms)});
    CHECK(timers(alone.run(), alone.a) == Lines{"tick @ 16ms"});
  }
  SECTION("cancelled and armed") {
    alone.at_time(5ms, {stop_tick(), tick(20ms), stop_tick(), tick(3ms)});
    CHECK(timers(alone.run(), alone.a) == Lines{"tick @ 8ms"});
  }
  SECTION("cancelled, and armed after its old time") {
    alone.at_time(5ms, {stop_tick()});
    alone.at_time(15ms, {tick(3ms)});
    CHECK(timers(alone.run(), alone.a) == Lines{"tick @ 18ms"});
  }
  SECTION("twice, the first armed by its own firing") {
    alone.at_time(20ms, {tick(10ms)});
    CHECK(timers(alone.run(), alone.a) == Lines{"tick @ 11ms", "tick @ 30ms"});
  }
}

TEST_CASE("world: a timer moved later, passed its first time, and moved earlier fires in time",
          "[world][timer]") {
  Alone alone;
  alone.at_time(1ms, {tick(10ms)});
  alone.at_time(5ms, {tick(45ms)});
  alone.at_time(20ms, {tick(10ms)});
  alone.at_time(40ms, {note(1)});
  const Run run = alone.run();
  CHECK(timers(run, alone.a) == Lines{"tick @ 30ms"});
  check_order(run);
}

TEST_CASE("world: timers of different orders and kinds are different timers", "[world][timer]") {
  Alone alone;
  alone.at_time(1ms, {tick(10ms), tick(11ms).on_order(1), tock(12ms), tick(13ms).on_order(2)});
  alone.at_time(2ms, {stop_tick().on_order(1)});
  CHECK(timers(alone.run(), alone.a) == Lines{"tick @ 11ms", "tock @ 13ms", "tick @ 14ms"});
}

TEST_CASE("world: timers of one instant fire in the order in which they were armed",
          "[world][timer]") {
  Alone alone;
  alone.at_time(1ms, {tock(10ms), tick(10ms)});
  SECTION("as armed") {
    CHECK(timers(alone.run(), alone.a) == Lines{"tock @ 11ms", "tick @ 11ms"});
  }
  SECTION("armed anew for the same instant") {
    alone.at_time(2ms, {tock(9ms)});
    CHECK(timers(alone.run(), alone.a) == Lines{"tick @ 11ms", "tock @ 11ms"});
  }
}

TEST_CASE("world: a timer of a length below zero fires at once", "[world][timer]") {
  Alone alone;
  alone.at_time(5ms, {tick(-3ms), tock(0ms)});
  const Run run = alone.run();
  CHECK(timers(run, alone.a) == Lines{"tick @ 5ms", "tock @ 5ms"});
  check_order(run);
}

TEST_CASE("world: a crash disarms timers", "[world][timer][crash]") {
  Alone alone;
  alone.at_time(1ms, {tick(10ms), tock(20ms)});
  alone.toy.script(alone.a).on<sim::Restart>({tock(3ms)});
  alone.toy.fault_at(5ms, sim::Action::crash, {alone.a}).restart_after = 2ms;
  const Run run = alone.run();
  CHECK(timers(run, alone.a) == Lines{"tock @ 10ms"});
  check_order(run);
}

TEST_CASE("world: a timer that is due while its node waits can still be cancelled or moved",
          "[world][timer][pause]") {
  Alone alone;
  alone.at_time(1ms, {tick(10ms), tock(15ms)});
  alone.toy.fault_at(5ms, sim::Action::pause, {alone.a}).lasts = 45ms;
  SECTION("left alone, both fire late and in order") {
    CHECK(timers(alone.run(), alone.a) == Lines{"tick @ 50ms", "tock @ 50ms"});
  }
  SECTION("cancelled by a message that came before it was due") {
    alone.at_time(8ms, {stop_tick()});
    const Run run = alone.run();
    CHECK(timers(run, alone.a) == Lines{"tock @ 50ms"});
    check_order(run);
  }
  SECTION("moved by a message that came before it was due") {
    alone.at_time(8ms, {tick(10ms)});
    const Run run = alone.run();
    CHECK(timers(run, alone.a) == Lines{"tock @ 50ms", "tick @ 60ms"});
    check_order(run);
  }
  SECTION("cancelled and armed") {
    alone.at_time(8ms, {stop_tick(), tick(10ms), stop_tock()});
    const Run run = alone.run();
    CHECK(timers(run, alone.a) == Lines{"tick @ 60ms"});
    check_order(run);
  }
}

}  // namespace indoubt::test
