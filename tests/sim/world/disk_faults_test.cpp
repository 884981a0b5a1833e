#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

/// One node that notes and forces at 10, 20, ... 90ms.
struct Writer {
  Toy toy;
  sim::NodeId a = toy.add("a");
  Writer() {
    toy.script(a)
        .on<sim::Start>({tick(10ms), tock(95ms)})
        .on<sim::Restart>({tick(5ms), tock(50ms)})
        .on<Tick>({note(1), tick(10ms), force()})
        .on<Tock>({stop_tick()});
  }
  sim::Fault& disk(sim::Duration time, sim::DiskFault kind) {
    sim::Fault& fault = toy.fault_at(time, sim::Action::disk, {a});
    fault.disk = kind;
    return fault;
  }
  /// How long each force took, in ms.
  std::vector<std::int64_t> forces() const {
    std::vector<std::int64_t> all;
    const Run run = toy.run();
    for (const Seen& entry : run.of_type(sim::Observation::Type::forcing)) {
      all.push_back((entry.what.until - entry.what.time) / 1ms);
    }
    return all;
  }
};

}  // namespace

TEST_CASE("world: a slow disk adds to each force, and slow disks add up", "[world][disk]") {
  Writer writer;
  sim::Fault& first = writer.disk(15ms, sim::DiskFault::slow);
  first.by = 2ms;
  first.lasts = 50ms;
  sim::Fault& second = writer.disk(35ms, sim::DiskFault::slow);
  second.by = 3ms;
  second.lasts = 10ms;
  CHECK(writer.forces() == std::vector<std::int64_t>{1, 3, 3, 6, 3, 3, 1, 1, 1});
}

TEST_CASE("world: a slow disk with no end is slow until quiet", "[world][disk][quiet]") {
  Writer writer;
  writer.disk(15ms, sim::DiskFault::slow).by = 2ms;
  writer.toy.plan.limits.quiet_after = at(55ms);
  CHECK(writer.forces() == std::vector<std::int64_t>{1, 3, 3, 3, 3, 1, 1, 1, 1});
}

TEST_CASE("world: at a disk error the force fails and the node stops", "[world][disk][crash]") {
  Writer writer;
  sim::Fault& error = writer.disk(15ms, sim::DiskFault::error);
  error.lasts = 10ms;
  error.restart_after = 7ms;
  const Run run = writer.toy.run();
  CHECK(run.facts(writer.a)[1] == "crashed @ 20ms");
  CHECK(run.facts(writer.a)[2] == "lost @ 20ms");
  CHECK(run.facts(writer.a)[3] == "restarted @ 27ms");
  CHECK(run.handled(writer.a)[2] == "restart @ 27ms");
  CHECK(run.handled(writer.a)[3] == "tick @ 32ms");
  CHECK(run.state(writer.a).substr(0, 8) == "{_, [1],");
}

TEST_CASE("world: a disk error that no force meets does nothing but take place", "[world][disk]") {
  Writer writer;
  writer.disk(12ms, sim::DiskFault::error).lasts = 5ms;
  const Run run = writer.toy.run();
  CHECK(run.world.fault_fired(0));
  CHECK(run.world.is_up(writer.a));
  CHECK(run.world.log(writer.a).forced_records() == 9);
}

TEST_CASE("world: disk errors that overlap add up", "[world][disk][crash]") {
  Writer writer;
  writer.disk(12ms, sim::DiskFault::error).lasts = 13ms;
  writer.disk(14ms, sim::DiskFault::error).lasts = 2ms;
  const Run run = writer.toy.run();
  CHECK_FALSE(run.world.is_up(writer.a));
  CHECK(run.world.log(writer.a).forced_records() == 1);
}

TEST_CASE("world: a lying disk says that it is done, and a crash loses what it said",
          "[world][disk][crash]") {
  Writer writer;
  writer.disk(15ms, sim::DiskFault::lying).lasts = 50ms;
  SECTION("within the window") {
    writer.toy.fault_at(55ms, sim::Action::crash, {writer.a}).restart_after = 1ms;
    const Run run = writer.toy.run();
    CHECK(run.world.log(writer.a).forced_records() >= 1);
    CHECK(run.state(writer.a).substr(0, 9) == "{_, [1], ");
  }
  SECTION("after it") {
    writer.toy.fault_at(75ms, sim::Action::crash, {writer.a}).restart_after = 1ms;
    CHECK(writer.toy.run().state(writer.a).substr(0, 26) == "{_, [1, 1, 1, 1, 1, 1, 1],");
  }
}

TEST_CASE("world: forces take as long at a lying disk as at an honest one", "[world][disk]") {
  Writer writer;
  const std::vector<std::int64_t> honest = writer.forces();
  writer.disk(15ms, sim::DiskFault::lying).lasts = 50ms;
  CHECK(writer.forces() == honest);
}

TEST_CASE("world: what a lying disk promised is durable when the last lie ends",
          "[world][disk][quiet]") {
  Writer writer;
  writer.disk(15ms, sim::DiskFault::lying).lasts = 20ms;
  sim::Fault& second = writer.disk(25ms, sim::DiskFault::lying);
  SECTION("by the clock") {
    second.lasts = 30ms;
    const Lines facts = writer.toy.run().facts(writer.a);
    CHECK(Lines(facts.begin(), facts.begin() + 3) ==
          Lines{"durable @ 11ms", "durable @ 55ms", "durable @ 61ms"});
  }
  SECTION("at quiet") {
    writer.toy.plan.limits.quiet_after = at(43ms);
    CHECK(writer.toy.run().facts(writer.a)[1] == "durable @ 43ms");
  }
}

TEST_CASE("world: a disk that lied keeps what a crash says of what was not forced",
          "[world][disk][crash]") {
  Writer writer;
  writer.disk(15ms, sim::DiskFault::lying).lasts = 50ms;
  sim::Fault& crash = writer.toy.fault_at(55ms, sim::Action::crash, {writer.a});
  crash.keep = sim::Keep::all;
  crash.restart_after = 1ms;
  CHECK(writer.toy.run().state(writer.a).substr(0, 20) == "{_, [1, 1, 1, 1, 1],");
}

TEST_CASE("world: a disk error ends at quiet", "[world][disk][quiet]") {
  Writer writer;
  writer.disk(12ms, sim::DiskFault::error);
  writer.toy.plan.limits.quiet_after = at(19ms);
  CHECK(writer.toy.run().world.log(writer.a).forced_records() == 9);
}

namespace {

/// Notes whether its disk is full, at each tick.
struct Asker {
  std::uint64_t full = 0;
  std::uint64_t ticks = 0;
  void on(const sim::Start&, ToyContext& ctx) { ctx.about(sim::OrderId{0}).arm<Tick>(10ms); }
  void on(const Tick&, ToyContext& ctx) {
    full = full * 2 + (ctx.disk_is_full() ? 1 : 0);
    if (++ticks < 8) ctx.arm<Tick>(10ms);
  }
  static auto fields(auto& self) {
    auto& [f, t] = self;
    return std::tie(f, t);
  }
};

}  // namespace

TEST_CASE("world: a full disk is told to its node, and overlapping ones add up", "[world][disk]") {
  Writer writer;
  writer.toy.plan.nodes[0].role = sim::AnyRole::make<ToyMessages, ToyRecords>(Asker{});
  writer.disk(15ms, sim::DiskFault::full).lasts = 30ms;
  writer.disk(25ms, sim::DiskFault::full).lasts = 30ms;
  writer.disk(65ms, sim::DiskFault::full);
  writer.toy.plan.limits.quiet_after = at(75ms);
  CHECK(writer.toy.run().state(writer.a) == "{" + std::to_string(0b01111010) + ", 8}");
}

}  // namespace indoubt::test
