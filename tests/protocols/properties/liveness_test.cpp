#include "tests/protocols/properties/story.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::properties::test {

namespace {

Story prepared(Duration blocked = 100s) {
  JudgeSetup setup = voting();
  setup.limits.blocked = blocked;
  Story story{setup};
  story.request(0).at(10ms).hold(store, 0).hold(courier, 0);
  story.at(20ms).vote(store, 0).vote(courier, 0).disturbed();
  return story;
}

}  // namespace

TEST_CASE("termination: without the coordinator, those in doubt must block", "[properties]") {
  const Judge judge = prepared().at(30ms).crash(orders).judge();
  CHECK(violated(judge) == "termination");
  CHECK(judge.tally(Property::termination).first.reason == Reason::must_block);
  CHECK(told(Property::termination, judge) ==
        "order 118: store has been in doubt since 0.020s and must block: it waits for orders, "
        "which is down");
  CHECK(judge.tally(Property::no_leak).owed == 1);
  CHECK(judge.tally(Property::no_leak).owed_by == orders);
}

TEST_CASE("termination: a service that decided could tell the others: stuck", "[properties]") {
  const Judge judge = prepared()
                          .at(30ms).decide(orders, 0, yes)
                          .at(40ms).assign(courier, 0).decide(courier, 0, yes).crash(orders)
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
                          .at(10ms).hold(store, 0).vote(store, 0)
                          .at(20ms).crash(orders)
                          .ends(RunEnd::Reason::time, 5s)
                          .disturbed()
                          .judge();
  CHECK(judge.tally(Property::termination).first.reason == Reason::stuck);
  CHECK(judge.tally(Property::termination).first.other == courier);
}

TEST_CASE("termination: a coordinator that is up could decide: stuck, and nothing else",
          "[properties]") {
  const Judge judge = prepared()
                          .at(30ms).decide(orders, 0, yes)
                          .assign(store, 0).decide(store, 0, yes).assign(courier, 0)
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
  const Judge judge = prepared()
                          .at(30ms).crash(store)
                          .at(40ms).decide(orders, 0, yes).assign(courier, 0)
                          .decide(courier, 0, yes)
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::termination).verdict == Verdict::holds);
}

TEST_CASE("termination: a decision that a crash lost does not end the doubt", "[properties]") {
  const Judge judge = prepared()
                          .at(30ms).decide(orders, 0, yes).assign(courier, 0)
                          .decide(courier, 0, yes)
                          .at(40ms).unforced().assign(store, 0).decide(store, 0, yes)
                          .at(50ms).crash(store).restart(store)
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
                          .at(10ms).hold(store, 0, 0, 1s).crash(orders)
                          .at(1100ms).expire(store, 0)
                          .disturbed()
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::termination).verdict == Verdict::holds);
}

TEST_CASE("non-blocking: a service in doubt while the coordinator is down", "[properties]") {
  const auto story = [](Duration back) {
    return prepared(10s)
        .at(1s).crash(orders)
        .at(back).restart(orders).decide(orders, 0, no)
        .release(store, 0).decide(store, 0, no).release(courier, 0).decide(courier, 0, no);
  };
  const Judge judge = story(11001ms).judge();
  CHECK(violated(judge) == "non-blocking");
  CHECK(unknown(judge) == "non-triviality truthful-reply reservation-expiry");
  CHECK(judge.tally(Property::non_blocking).first.node == store);
  CHECK(judge.metrics().blocked == 20002ms);  // two services
  CHECK(violated(story(11s).judge()) == "");
}

TEST_CASE("non-blocking: doubt counts only while somebody is down", "[properties]") {
  const Judge judge = prepared(10s)
                          .at(20s).decide(orders, 0, no)
                          .release(store, 0).decide(store, 0, no)
                          .release(courier, 0).decide(courier, 0, no)
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::non_blocking).verdict == Verdict::holds);
  CHECK(judge.metrics().blocked == 0ms);
}

TEST_CASE("non-blocking: a service that is down or paused itself does not wait", "[properties]") {
  const Judge judge = prepared(10s)
                          .at(1s).crash(orders).crash(store).pause(courier)
                          .at(20s).restart(store).resume(courier)
                          .at(25s).restart(orders).decide(orders, 0, no)
                          .release(store, 0).decide(store, 0, no)
                          .release(courier, 0).decide(courier, 0, no)
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(judge.metrics().blocked == 10s);  // two services for 5s each
}

TEST_CASE("non-blocking: doubt in a run that came to rest lasts", "[properties]") {
  const Judge judge = prepared(10s).at(30ms).crash(orders).judge();
  CHECK(violated(judge) == "termination non-blocking");
  CHECK(judge.metrics().blocked == 2 * (60s - 30ms));
}

TEST_CASE("non-blocking: a decision that a crash lost does not end the doubt", "[properties]") {
  const Judge judge = prepared(10s)
                          .at(1s).unforced().release(store, 0).decide(store, 0, no)
                          .crash(store).restart(store).crash(orders)
                          .at(12s).restart(orders).decide(orders, 0, no)
                          .release(store, 0).decide(store, 0, no)
                          .release(courier, 0).decide(courier, 0, no)
                          .judge();
  CHECK(violated(judge) == "non-blocking");
}

TEST_CASE("non-blocking: a run that was cut short leaves it unknown", "[properties]") {
  const Judge judge = prepared(10s).crash(orders).ends(RunEnd::Reason::events, 2s).judge();
  CHECK(judge.tally(Property::non_blocking).verdict == Verdict::unknown);
}

}  // namespace indoubt::properties::test
