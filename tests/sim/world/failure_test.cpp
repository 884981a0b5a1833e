#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

// Mistakes in the code of roles: where they end a process, what is lost, and what is told.
namespace indoubt::test {
namespace {

using sim::FactKind;
using sim::Failure;

std::vector<sim::Fact> failed(const Run& run) {
  std::vector<sim::Fact> facts;
  for (const sim::Fact& fact : run.history) {
    if (fact.kind == FactKind::failed) facts.push_back(fact);
  }
  return facts;
}

/// One that pings another, which fails when it gets that.
struct Pair {
  Toy toy;
  sim::NodeId a = toy.add("a");
  sim::NodeId b = toy.add("b");
  explicit Pair(const std::vector<Op>& on_ping) {
    toy.script(a).on<sim::Start>({ping(b, 1), tick(1s)}).on<Tick>({ping(b, 2)});
    toy.script(b).on<Ping>(1, on_ping).on<Ping>(2, {note(2)});
  }
};

}  // namespace

TEST_CASE("failure: an exception of a handler ends its process for good, and not the run",
          "[world][failure]") {
  Pair pair{{note(1), force(), note(2), throws(), note(3)}};
  pair.toy.plan.nodes[1].disk.output = sim::Output::ordered;
  const Run run = pair.toy.run();
  REQUIRE(failed(run).size() == 1);
  const sim::Fact fact = failed(run).front();
  CHECK(fact.node == pair.b);
  CHECK(fact.generation == ToyMessages::of<Ping>());
  REQUIRE(run.world.failures().size() == 1);
  CHECK(run.world.failures()[fact.unit].text == "no such row");
  CHECK(static_cast<Failure::Cause>(fact.value) == Failure::Cause::exception);
  CHECK_FALSE(run.world.is_up(pair.b));
  CHECK(run.world.end_reason() == sim::EndReason::rest);
  // What it forced is there; what it wrote behind that is not, and what comes later finds it down.
  CHECK(run.effects(pair.b) == Lines{"note 1", "force", "note 2"});
  CHECK(run.world.log(pair.b).records() == 1);
  CHECK(run.of_type(sim::Observation::Type::arrived_dead).size() == 1);
}

TEST_CASE("failure: it takes place behind the forces before it", "[world][failure]") {
  Pair pair{{force(), ping(sim::NodeId{0}, 7), throws()}};
  const Run run = pair.toy.run();
  REQUIRE(failed(run).size() == 1);
  REQUIRE(run.of_type(sim::Observation::Type::forced).size() == 1);
  CHECK(failed(run).front().time == run.of_type(sim::Observation::Type::forced).front().what.time);
  CHECK(run.handled(pair.a).front().substr(0, 6) == "ping 7");
}

TEST_CASE("failure: who crashes before it does not come to it", "[world][failure]") {
  Pair pair{{note(1), note(2), throws()}};
  sim::Fault& crash = pair.toy.fault(sim::Action::crash, {pair.b});
  crash.trigger = sim::Trigger::place;
  crash.place.effect = GENERATE(2u, 3u);  // before the second note, and before the failure itself
  crash.restart_after = 10ms;
  const Run run = pair.toy.run();
  CHECK(failed(run).empty());
  CHECK(run.world.is_up(pair.b));
}

TEST_CASE("failure: a pause before it holds it up", "[world][failure]") {
  Pair pair{{note(1), throws()}};
  sim::Fault& pause = pair.toy.fault(sim::Action::pause, {pair.b});
  pause.trigger = sim::Trigger::place;
  pause.place.effect = 1;
  pause.lasts = 100ms;
  const Run run = pair.toy.run();
  REQUIRE(failed(run).size() == 1);
  CHECK(failed(run).front().time == at(105ms));
}

TEST_CASE("failure: an expectation that is not met says what was expected", "[world][failure]") {
  const Run run = Pair{{expects()}}.toy.run();
  REQUIRE(failed(run).size() == 1);
  CHECK(static_cast<Failure::Cause>(failed(run).front().value) == Failure::Cause::expectation);
  CHECK(run.world.failures().front().text == "a row is there");
}

TEST_CASE("failure: one in the replay of a log leaves its node down", "[world][failure]") {
  Pair pair{{note(Scripted::unreadable), force()}};
  pair.toy.fault_at(500ms, sim::Action::crash, {pair.b}).restart_after = 100ms;
  const Run run = pair.toy.run();
  REQUIRE(failed(run).size() == 1);
  CHECK(static_cast<Failure::Cause>(failed(run).front().value) == Failure::Cause::replay);
  CHECK(failed(run).front().time == at(600ms));
  CHECK_FALSE(run.world.is_up(pair.b));
  CHECK(run.world.failures().front().text == "no such record");
}

TEST_CASE("failure: others of its machine go on", "[world][failure]") {
  Pair pair{{throws()}};
  const sim::NodeId hosted = pair.toy.add_hosted("c", pair.b);
  CHECK(pair.toy.run().world.is_up(hosted));
}

TEST_CASE("failure: a world whose roles may not fail lets it out", "[world][failure]") {
  Pair pair{{throws()}};
  pair.toy.plan.roles_may_fail = false;
  CHECK_THROWS_AS(pair.toy.run(), std::out_of_range);
}

TEST_CASE("failure: the next run knows nothing of it", "[world][failure]") {
  Pair pair{{throws()}};
  Run run = pair.toy.run();
  run.world.reset(1, {});
  CHECK(run.world.failures().empty());
  CHECK(run.world.is_up(pair.b));
}

TEST_CASE("failure: a mutated handler fails where the correct one does", "[world][failure]") {
  Pair pair{{note(1), force(), throws()}};
  pair.toy.plan.nodes[1].mutations = {{sim::MutationType::skip_force, ToyMessages::of<Ping>()}};
  const Run run = pair.toy.run();
  REQUIRE(failed(run).size() == 1);
  CHECK(run.effects(pair.b) == Lines{"note 1"});
  CHECK(run.world.log(pair.b).records() == 0);
}

TEST_CASE("failure: what goes on without end at one instant is a standstill", "[world][failure]") {
  Toy toy;
  const auto a = toy.add("a");
  toy.plan.limits.events = 50'000;
  SECTION("a timer that arms itself") {
    toy.script(a).on<sim::Start>({tick(5ms)}).on<Tick>({tick(0ns)});
    const Run run = toy.run();
    REQUIRE(failed(run).size() == 1);
    CHECK(failed(run).front().node == a);
    CHECK(failed(run).front().time == at(5ms));
    CHECK(failed(run).front().generation == ToyMessages::of<Tick>());
    CHECK(static_cast<Failure::Cause>(failed(run).front().value) == Failure::Cause::standstill);
    CHECK(run.world.end_reason() == sim::EndReason::events);
    CHECK(run.world.counters().events == 50'000);
  }
  SECTION("not if time passes") {
    toy.script(a).on<sim::Start>({tick(5ms)}).on<Tick>({tick(1ns)});
    toy.plan.longest_wait = 1s;
    const Run run = toy.run();
    CHECK(run.world.end_reason() == sim::EndReason::events);
    CHECK(failed(run).empty());
  }
  SECTION("not if so few events say nothing") {
    toy.plan.limits.events = 5'000;
    toy.script(a).on<sim::Start>({tick(5ms)}).on<Tick>({tick(0ns)});
    const Run run = toy.run();
    CHECK(run.world.end_reason() == sim::EndReason::events);
    CHECK(failed(run).empty());
  }
}

}  // namespace indoubt::test
