#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {
namespace {

/// Both services are in doubt, in a run that does not mind how long.
Story in_doubt() {
  JudgeSetup setup = voting();
  setup.limits.blocked = 100s;
  return prepared(setup).disturbed();
}

}  // namespace

TEST_CASE("termination: without the coordinator, those in doubt must block", "[properties]") {
  const Judge judge = in_doubt().at(30ms).crash(orders).judge();
  CHECK(violated(judge) == "termination");
  CHECK(judge.tally(Property::termination).first.reason == Reason::must_block);
  CHECK(told(Property::termination, judge) ==
        "order 118: store has been in doubt since 0.020s and must block: it waits for orders, "
        "which is down");
  CHECK(judge.tally(Property::no_leak).owed == 1);
  CHECK(judge.tally(Property::no_leak).owed_by == orders);
}

TEST_CASE("termination: a service that decided could tell the others: stuck", "[properties]") {
  const Judge judge = in_doubt()
                          .at(30ms)
                          .decide(orders, 0, yes)
                          .at(40ms)
                          .assign(courier, 0)
                          .decide(courier, 0, yes)
                          .crash(orders)
                          .judge();
  CHECK(violated(judge) == "termination");
  CHECK(judge.tally(Property::termination).first.reason == Reason::stuck);
  CHECK(told(Property::termination, judge) ==
        "order 118: store has been in doubt since 0.020s and is stuck, although courier is up and "
        "could end it");
  CHECK(judge.tally(Property::atomicity).owed == 1);
}

TEST_CASE("termination: a service that never voted could abort: stuck", "[properties]") {
  const Judge judge = Story{voting()}
                          .request(0)
                          .at(10ms)
                          .hold(store, 0)
                          .vote(store, 0)
                          .at(20ms)
                          .crash(orders)
                          .ends(RunEnd::Reason::time, 5s)
                          .disturbed()
                          .judge();
  CHECK(judge.tally(Property::termination).first.reason == Reason::stuck);
  CHECK(judge.tally(Property::termination).first.other == courier);
}

TEST_CASE("termination: a coordinator that is up could decide: stuck, and nothing else",
          "[properties]") {
  const Judge judge = in_doubt()
                          .at(30ms)
                          .decide(orders, 0, yes)
                          .assign(store, 0)
                          .decide(store, 0, yes)
                          .assign(courier, 0)
                          .judge();
  CHECK(violated(judge) == "termination");
  CHECK(judge.tally(Property::termination).first.reason == Reason::stuck);
  CHECK(judge.tally(Property::termination).first.node == courier);
}

TEST_CASE("termination: with a quorum gone the coordinator knows nothing", "[properties]") {
  JudgeSetup setup = voting();
  setup.limits.blocked = 100s;
  setup.names.insert(setup.names.end(), {"acceptor-1", "acceptor-2", "acceptor-3"});
  setup.replicas = {{{NodeId{4}, NodeId{5}, NodeId{6}}, 1}};
  Story story{setup};
  story.request(0).at(10ms).hold(store, 0).hold(courier, 0).vote(store, 0).vote(courier, 0);
  story.at(20ms).crash(NodeId{5}).disturbed();
  CHECK(violated(story.judge()) == "termination no-leak");  // one may be down
  CHECK(story.judge().tally(Property::termination).first.reason == Reason::stuck);
  story.crash(NodeId{6});
  CHECK(violated(story.judge()) == "termination");
  CHECK(story.judge().tally(Property::termination).first.reason == Reason::must_block);
  CHECK(story.judge().tally(Property::no_leak).owed_by == NodeId{5});
}

TEST_CASE("termination: nodes that are down owe no decision", "[properties]") {
  const Judge judge = in_doubt()
                          .at(30ms)
                          .crash(store)
                          .at(40ms)
                          .decide(orders, 0, yes)
                          .assign(courier, 0)
                          .decide(courier, 0, yes)
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::termination).verdict == Verdict::holds);
}

TEST_CASE("termination: a decision that a crash lost does not end the doubt", "[properties]") {
  const Judge judge = in_doubt()
                          .at(30ms)
                          .decide(orders, 0, yes)
                          .assign(courier, 0)
                          .decide(courier, 0, yes)
                          .at(40ms)
                          .unforced()
                          .assign(store, 0)
                          .decide(store, 0, yes)
                          .at(50ms)
                          .crash(store)
                          .restart(store)
                          .judge();
  CHECK(violated(judge) == "atomicity termination no-leak");
}

TEST_CASE("termination: where nobody votes, a step without an outcome waits", "[properties]") {
  const auto reason = [](Story story) {
    const Judge judge = story.disturbed().judge();
    REQUIRE(judge.tally(Property::termination).verdict == Verdict::violated);
    return judge.tally(Property::termination).first.reason;
  };
  const Story held = Story{deciding()}.request(0).at(10ms).hold(store, 0);
  CHECK(reason(Story{held}) == Reason::stuck);
  CHECK(reason(Story{held}.crash(orders)) == Reason::must_block);
  const Story sold = Story{deciding()}.request(0).at(10ms).assign(store, 0);
  CHECK(reason(Story{sold}) == Reason::stuck);
  CHECK(reason(Story{sold}.decide(orders, 0, no)) == Reason::stuck);
}

TEST_CASE("termination: a hold that ran out waits for nobody", "[properties]") {
  const Judge judge = Story{deciding()}
                          .request(0)
                          .at(10ms)
                          .hold(store, 0, 0, 1s)
                          .crash(orders)
                          .at(1100ms)
                          .expire(store, 0)
                          .disturbed()
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::termination).verdict == Verdict::holds);
}

TEST_CASE("termination: an order that was committed and aborted leaves its services waiting",
          "[properties]") {
  const Judge judge = Story{deciding()}
                          .request(0)
                          .at(10ms)
                          .assign(store, 0)
                          .assign(courier, 0)
                          .at(20ms)
                          .decide(orders, 0, yes)
                          .at(30ms)
                          .decide(orders, 0, no)
                          .judge();
  CHECK(violated(judge) == "stability termination");
}

TEST_CASE("termination: a coordinator that is a service does not wait for itself", "[properties]") {
  JudgeSetup setup = deciding();
  setup.coordinator = store;
  const Judge judge =
      Story{setup}.request(0).at(10ms).assign(store, 0).crash(courier).disturbed().judge();
  CHECK(violated(judge) == "termination");
  CHECK(judge.tally(Property::termination).first.reason == Reason::must_block);
  CHECK(judge.tally(Property::termination).first.other == courier);
}

TEST_CASE("termination: a run that was cut short leaves it unknown", "[properties]") {
  const Judge judge = in_doubt().ends(RunEnd::Reason::events, 1s).judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::termination).verdict == Verdict::unknown);
}

}  // namespace indoubt::properties::test
