#include "sim/world/clock.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

sim::Duration read(const sim::Clock& clock, sim::Duration now) {
  return clock.reading(at(now)).time_since_epoch();
}

}  // namespace

TEST_CASE("clock: it reads true time until something is done to it", "[clock]") {
  CHECK(read({}, 0s) == 0s);
  CHECK(read({}, 17s) == 17s);
}

TEST_CASE("clock: an offset sets it, a jump adds to it", "[clock]") {
  sim::Clock clock;
  clock.set_offset(at(1s), 800ms);
  CHECK(read(clock, 1s) == 1800ms);
  CHECK(read(clock, 5s) == 5800ms);
  clock.jump(-2s);
  CHECK(read(clock, 5s) == 3800ms);
  clock.set_offset(at(6s), -1s);
  CHECK(read(clock, 6s) == 5s);
}

TEST_CASE("clock: drift acts from when it is set, and readings do not leap", "[clock]") {
  sim::Clock clock;
  clock.set_drift(at(10s), 200'000);
  CHECK(read(clock, 10s) == 10s);
  CHECK(read(clock, 20s) == 20s + 2ms);
  clock.set_drift(at(20s), -100'000);
  CHECK(read(clock, 20s) == 20s + 2ms);
  CHECK(read(clock, 40s) == 40s);
  clock.jump(5s);
  clock.set_drift(at(40s), 0);
  CHECK(read(clock, 50s) == 55s);
  CHECK(clock.elapsed(at(50s)) == 50s);
}

TEST_CASE("clock: an offset is against true time, whatever drifted before", "[clock]") {
  sim::Clock clock;
  clock.set_drift(at(0s), 1'000'000);
  clock.set_offset(at(100s), 1s);
  CHECK(read(clock, 100s) == 101s);
  CHECK(read(clock, 200s) == 201s + 100ms);
}

TEST_CASE("clock: true_length is how long the clock takes to count a length", "[clock]") {
  const auto drift = GENERATE(0, 1, -1, 200'000, -200'000, 999'999'999, -999'000'000, -500'000'000);
  const auto length = GENERATE(sim::Duration{0}, 1ns, 999ns, 1ms, 7s, 1h);
  const auto start = GENERATE(sim::Duration{0}, 3ns, 123456789ns);
  sim::Clock clock;
  clock.set_drift(at(1ns), drift);
  const sim::Duration passes = clock.true_length(length);
  const sim::Duration before = clock.elapsed(at(1ns + start));
  CHECK(clock.elapsed(at(1ns + start + passes)) - before >= length);
  if (passes > 1ns) {
    CHECK(clock.elapsed(at(1ns + start + passes - 1ns)) - before <= length + 1ns);
  }
}

namespace {

/// One node that notes by its own clock; its timer is armed at 0 for 100ms and again when it fires.
struct Watch {
  Toy toy;
  sim::NodeId a = toy.add("a");
  Watch() { toy.script(a).on<sim::Start>({tick(100ms), tock(150ms)}); }
  sim::Fault& clock_fault(sim::Duration time) {
    return toy.fault_at(time, sim::Action::clock, {a});
  }
  /// The clock's reading when the n-th thing was handled.
  sim::Duration reading(const Run& run, std::size_t n) const {
    return run.of_type(sim::Observation::Type::handling)[n].what.clock.time_since_epoch();
  }
};

}  // namespace

TEST_CASE("world: a timer counts at the rate of its node's clock", "[world][clock]") {
  Watch watch;
  SECTION("set before it is armed") {
    watch.clock_fault(0ms).drift_ppb = 1'000'000'000;
    const Run run = watch.toy.run();
    CHECK(run.handled(watch.a) == Lines{"tick @ 50ms", "tock @ 75ms"});
    CHECK(watch.reading(run, 1) == 100ms);
  }
  SECTION("set while it is armed") {
    watch.clock_fault(50ms).drift_ppb = -500'000'000;
    const Run run = watch.toy.run();
    CHECK(run.handled(watch.a) == Lines{"tick @ 150ms", "tock @ 250ms"});
    CHECK(watch.reading(run, 1) == 100ms);
  }
  SECTION("set twice") {
    watch.clock_fault(50ms).drift_ppb = -500'000'000;
    watch.clock_fault(70ms).drift_ppb = 0;
    CHECK(watch.toy.run().handled(watch.a) == Lines{"tick @ 110ms", "tock @ 160ms"});
  }
  SECTION("set at the instant at which it is due") {
    watch.clock_fault(100ms).drift_ppb = -500'000'000;
    CHECK(watch.toy.run().handled(watch.a) == Lines{"tick @ 100ms", "tock @ 200ms"});
  }
}

TEST_CASE("world: offsets and jumps show in readings and do not move timers", "[world][clock]") {
  Watch watch;
  sim::Fault& fault = watch.clock_fault(50ms);
  SECTION("jump forward") {
    fault.jump = 1s;
    CHECK(watch.reading(watch.toy.run(), 1) == 1100ms);
  }
  SECTION("jump back") {
    fault.jump = -1s;
    CHECK(watch.reading(watch.toy.run(), 1) == -900ms);
  }
  SECTION("offset") {
    fault.offset = 800ms;
    CHECK(watch.reading(watch.toy.run(), 1) == 900ms);
  }
  CHECK(watch.toy.run().handled(watch.a) == Lines{"tick @ 100ms", "tock @ 150ms"});
}

TEST_CASE("world: a clock setting stays after quiet and over crashes", "[world][clock][quiet]") {
  Watch watch;
  watch.clock_fault(10ms).offset = 1s;
  watch.toy.plan.limits.quiet_after = at(50ms);
  watch.toy.fault_at(20ms, sim::Action::crash, {watch.a}).restart_after = 5ms;
  watch.toy.script(watch.a).on<sim::Restart>({tick(100ms)});
  const Run run = watch.toy.run();
  CHECK(run.handled(watch.a) == Lines{"restart @ 25ms", "tick @ 125ms"});
  CHECK(watch.reading(run, 2) == 1125ms);
}

TEST_CASE("world: timers of equal deadlines keep their order when the clock's rate changes",
          "[world][clock][timer]") {
  Watch watch;
  watch.toy.script(watch.a).rules[0].ops = {tock(100ms), tick(100ms), tick(100ms).on_order(2)};
  watch.clock_fault(50ms).drift_ppb = 1'000'000;
  const Run run = watch.toy.run();
  REQUIRE(run.handled(watch.a).size() == 3);
  CHECK(run.handled(watch.a)[0].substr(0, 4) == "tock");
}

namespace {

/// Sends its clock's reading, in ms, before and after an effect that brings about clock faults.
struct Reader {
  sim::NodeId to;
  static std::uint64_t ms(ToyContext& ctx) {
    return static_cast<std::uint64_t>(ctx.now().time_since_epoch() / 1ms);
  }
  void on(const Ping&, ToyContext& ctx) {
    ctx.send(to, Ping{ms(ctx)});
    ctx.send(to, Ballot{0});
    ctx.send(to, Ping{ms(ctx)});
  }
  static auto fields(auto& self) {
    auto& [t] = self;
    return std::tie(t);
  }
};

}  // namespace

TEST_CASE(
    "world: a handler reads one time, and clock faults in its middle act after it, all of them",
    "[world][clock][when]") {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  toy.script(a).on<sim::Start>({ping(b, 1)});
  toy.plan.nodes[b.index].role = sim::AnyRole::make<ToyMessages, ToyRecords>(Reader{a});
  for (int i = 0; i < 2; ++i) {
    sim::Fault& jump = toy.fault(sim::Action::clock, {b});
    jump.trigger = sim::Trigger::when;
    jump.when = {.fact = sim::FactKind::voted};
    jump.jump = 1s;
  }
  const Run run = toy.run();
  CHECK(run.handled(a) == Lines{"ping 5 @ 10ms", "ballot 0 @ 10ms", "ping 5 @ 10ms"});
  CHECK(run.world.reading(b) - run.world.reading(a) == 2s);
}

}  // namespace indoubt::test
