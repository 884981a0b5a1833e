#include <algorithm>
#include <set>

#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

/// a notes 1, 2, ... 9 at 10, 20, ... 90ms and forces each, which takes 1ms.
struct Diary {
  Toy toy;
  sim::NodeId a = toy.add("a");
  Diary() {
    std::vector<Op> start;
    toy.script(a).on<sim::Start>({tick(10ms)}).on<Tick>({choice(1), tick(10ms), force()});
    toy.plan.limits.sim_time = at(95ms);
    toy.plan.limits.drain = 0ms;
    toy.plan.limits.quiet_after = at(90ms);
  }
  sim::Fault& crash(sim::Duration time) {
    sim::Fault& fault = toy.fault_at(time, sim::Action::crash, {a});
    fault.restart_after = 30ms;
    return fault;
  }
  /// How many records its disk had at its last restart.
  std::size_t found() const {
    const std::string state = toy.run().state(a);
    const std::string list = state.substr(0, state.find(']'));
    return static_cast<std::size_t>(std::count(list.begin(), list.end(), '1'));
  }
};

/// a sends ten messages to b and ten to c at 1ms, and crashes at 2ms.
struct Sender {
  Toy toy;
  sim::NodeId a = toy.add("a");
  sim::NodeId b = toy.add("b");
  sim::NodeId c = toy.add("c");
  Sender() {
    std::vector<Op> ops;
    for (std::uint64_t i = 1; i <= 10; ++i) {
      ops.push_back(ping(b, i));
      ops.push_back(ping(c, i));
    }
    toy.script(a).on<sim::Start>({tick(1ms)}).on<Tick>(ops);
    sim::Fault& crash = toy.fault_at(2ms, sim::Action::crash, {a});
    crash.damage.lost_sends = true;
  }
};

}  // namespace

TEST_CASE("world: a node whose disk is gone is as newly installed", "[world][crash][disk]") {
  Diary diary;
  diary.crash(45ms).damage.wipe = true;
  const Run run = diary.toy.run();
  CHECK(run.state(diary.a).substr(0, 7) == "{_, [],");
  const auto lost = std::find_if(run.history.begin(), run.history.end(), [](const sim::Fact& fact) {
    return fact.kind == sim::FactKind::lost;
  });
  REQUIRE(lost != run.history.end());
  CHECK(lost->record == 0);
  CHECK(diary.toy.run().world.digest() == run.world.digest());
}

TEST_CASE("world: a restored backup has what was durable so long ago", "[world][crash][disk]") {
  Diary diary;
  sim::Fault& crash = diary.crash(45ms);
  SECTION("of now") {
    crash.damage.rollback = 1ns;
    CHECK(diary.found() == 4);
  }
  SECTION("to the very instant") {
    crash.damage.rollback = 14ms;  // durable at 31ms
    CHECK(diary.found() == 3);
  }
  SECTION("right before it") {
    crash.damage.rollback = 14ms + 1ns;
    CHECK(diary.found() == 2);
  }
  SECTION("of before the first") {
    crash.damage.rollback = 10s;
    CHECK(diary.found() == 0);
  }
}

TEST_CASE("world: a backup that is restored twice has no more than the first time",
          "[world][crash][disk]") {
  Diary diary;
  diary.crash(45ms).damage.rollback = 30ms;
  diary.toy.faults.back().restart_after = 1ms;
  diary.crash(47ms).damage.rollback = 5ms;
  CHECK(diary.found() == 1);
}

TEST_CASE("world: a backup of before a disk was gone is empty", "[world][crash][disk]") {
  Diary diary;
  diary.crash(45ms).damage.wipe = true;
  diary.toy.faults.back().restart_after = 1ms;
  diary.toy.script(diary.a).on<sim::Restart>({choice(1), choice(1), choice(1), force()});
  diary.toy.fault_at(50ms, sim::Action::crash, {diary.a}).damage.rollback = 10ms;
  diary.toy.faults.back().restart_after = 10ms;
  CHECK(diary.found() == 0);
}

TEST_CASE("world: rot is found where an intact record proves it, and the node stays down",
          "[world][crash][disk]") {
  std::set<std::string> endings;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Diary diary;
    diary.crash(45ms).damage.rot = true;
    const Run run = diary.toy.run(seed);
    if (run.world.is_up(diary.a)) {
      endings.insert(run.state(diary.a).substr(0, 14));
    } else {
      endings.insert("down");
      CHECK(run.facts(diary.a).back() == "crashed @ 75ms");
      CHECK(run.history.back().value == sim::CrashFact::finds_damage);
      CHECK(run.world.log(diary.a).forced_records() == 4);
    }
  }
  // The last record of four looks like the end of a torn log.
  CHECK(endings == std::set<std::string>{"down", "{_, [1, 1, 1],"});
}

TEST_CASE("world: rot needs something that was forced", "[world][crash][disk]") {
  Diary diary;
  diary.crash(5ms).damage.rot = true;
  CHECK(diary.toy.run().world.is_up(diary.a));
}

TEST_CASE("world: who stays down is still there when the run goes on with everybody",
          "[world][crash][disk][rest]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Diary diary;
    diary.crash(45ms).damage.rot = true;
    Run run = diary.toy.run(seed);
    if (run.world.is_up(diary.a)) continue;
    run.world.bring_back();
    while (run.world.step()) {
    }
    CHECK_FALSE(run.world.is_up(diary.a));
  }
}

TEST_CASE("world: a power failure loses the last that was sent on each link",
          "[world][crash][network]") {
  std::set<std::size_t> numbers;
  std::set<bool> alike;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Sender sender;
    const Run run = sender.toy.run(seed);
    for (const sim::NodeId node : {sender.b, sender.c}) {
      const Lines got = run.handled(node);
      for (std::size_t i = 0; i < got.size(); ++i) {
        CHECK(got[i] == "ping " + std::to_string(i + 1) + " @ 6ms");
      }
      numbers.insert(got.size());
    }
    alike.insert(run.handled(sender.b).size() == run.handled(sender.c).size());
    const std::size_t all = run.handled(sender.b).size() + run.handled(sender.c).size();
    CHECK(run.of_type(sim::Observation::Type::vanished).size() == 20 - all);
    CHECK(run.world.messages_met(0) == 20 - all);
    CHECK(run.world.counters().lost == 20 - all);
    CHECK(run.troubles(sender.a).size() == 20 - all);
  }
  CHECK(*numbers.begin() == 0);
  CHECK(*numbers.rbegin() == 10);
  CHECK(alike.size() == 2);
}

TEST_CASE("world: a power failure loses nothing of others, and nothing that has arrived",
          "[world][crash][network]") {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  const auto c = toy.add("c");
  toy.script(a).on<sim::Start>({ping(b, 1)});
  toy.script(c).on<sim::Start>({ping(b, 2), tick(6ms)}).on<Tick>({ping(b, 3)});
  toy.fault_at(7ms, sim::Action::crash, {a}).damage.lost_sends = true;
  CHECK(toy.run().handled(b) == Lines{"ping 1 @ 5ms", "ping 2 @ 5ms", "ping 3 @ 11ms"});
}

TEST_CASE("world: what a power failure loses is drawn for its link and its fault alone",
          "[world][crash][network][draws]") {
  const Sender sender;
  Sender other;
  other.toy.script(other.a).rules[1].ops.push_back(ping(other.c, 11));
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    CHECK(sender.toy.run(seed).handled(sender.b) == other.toy.run(seed).handled(other.b));
  }
}

TEST_CASE("world: a clock may start anew at a restart", "[world][crash][clock]") {
  Diary diary;
  diary.crash(45ms).damage.clock_restarts = true;
  sim::Fault& skew = diary.toy.fault_at(20ms, sim::Action::clock, {diary.a});
  skew.offset = 3s;
  const Run run = diary.toy.run();
  CHECK(run.facts(diary.a).back() == "restarted @ 75ms");
  CHECK(run.world.reading(diary.a).time_since_epoch() == run.world.now().time_since_epoch() - 75ms);
}

TEST_CASE("world: a machine's clock starts anew once, for all its nodes", "[world][crash][clock]") {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add_hosted("b", a);
  sim::Fault& crash = toy.fault_at(10ms, sim::Action::crash, {b});
  crash.restart_after = 5ms;
  crash.damage.clock_restarts = true;
  const Run run = toy.run();
  const auto clocks =
      std::count_if(run.history.begin(), run.history.end(),
                    [](const sim::Fact& fact) { return fact.kind == sim::FactKind::clock_set; });
  CHECK(clocks == 2);  // one for each node
  CHECK(run.world.reading(a) == run.world.reading(b));
  CHECK(run.world.reading(a).time_since_epoch() == run.world.now().time_since_epoch() - 15ms);
}

TEST_CASE("world: a crash without damage is what it was", "[world][crash]") {
  Diary diary;
  diary.crash(45ms);
  CHECK(diary.found() == 4);
}

}  // namespace indoubt::test
