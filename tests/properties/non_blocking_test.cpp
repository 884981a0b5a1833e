#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

TEST_CASE("non-blocking: a service in doubt while the coordinator is down", "[properties]") {
  const auto story = [](Duration back) {
    return prepared()
        .at(1s)
        .crash(orders)
        .at(back)
        .restart(orders)
        .decide(orders, 0, no)
        .release(store, 0)
        .decide(store, 0, no)
        .release(courier, 0)
        .decide(courier, 0, no);
  };
  const Judge judge = story(11001ms).judge();
  CHECK(violated(judge) == "non-blocking");
  CHECK(unknown(judge) ==
        "non-triviality fulfilment truthful-refusal truthful-reply reservation-expiry");
  CHECK(judge.tally(Property::non_blocking).first.node == store);
  CHECK(judge.metrics().blocked == 20002ms);  // two services
  CHECK(violated(story(11s).judge()) == "");
}

TEST_CASE("non-blocking: an outcome that a crash makes a service forget starts the doubt anew",
          "[properties]") {
  // The store knows the outcome for 20s in which the courier is down, then forgets it for `gap`.
  const auto judge = [](Duration gap) {
    Story story = prepared().at(1s).decide(orders, 0, yes);
    story.assign(courier, 0).decide(courier, 0, yes);
    story.unforced().assign(store, 0).decide(store, 0, yes);
    story.at(2s).crash(courier).at(22s).crash(store).restart(store);
    return story.at(22s + gap).assign(store, 0).decide(store, 0, yes).judge();
  };
  CHECK(violated(judge(10s)) == "");
  CHECK(violated(judge(10001ms)) == "non-blocking");
}

TEST_CASE("non-blocking: doubt counts only while somebody is down", "[properties]") {
  const Judge judge = prepared()
                          .at(20s)
                          .decide(orders, 0, no)
                          .release(store, 0)
                          .decide(store, 0, no)
                          .release(courier, 0)
                          .decide(courier, 0, no)
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::non_blocking).verdict == Verdict::holds);
  CHECK(judge.metrics().blocked == 0ms);
}

TEST_CASE("non-blocking: a service that is down or paused itself does not wait", "[properties]") {
  const Judge judge = prepared()
                          .at(1s)
                          .crash(orders)
                          .crash(store)
                          .pause(courier)
                          .at(20s)
                          .restart(store)
                          .resume(courier)
                          .at(25s)
                          .restart(orders)
                          .decide(orders, 0, no)
                          .release(store, 0)
                          .decide(store, 0, no)
                          .release(courier, 0)
                          .decide(courier, 0, no)
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(judge.metrics().blocked == 10s);  // two services for 5s each
}

TEST_CASE("non-blocking: doubt in a run that came to rest lasts", "[properties]") {
  const Judge judge = prepared().at(30ms).crash(orders).judge();
  CHECK(violated(judge) == "termination non-blocking no-leak");  // nobody ever comes back
  CHECK(told(Property::non_blocking, judge) ==
        "order 118: store, in doubt since 0.010s, stayed so for longer than limits.blocked while "
        "orders was down");
  CHECK(judge.metrics().blocked == 2 * (60s - 30ms));
}

TEST_CASE("non-blocking: at rest it lasts for ever, however short the run", "[properties]") {
  JudgeSetup setup = voting();
  setup.limits.blocked = 1000s;
  const Story story = prepared(setup).at(30ms).crash(orders);
  CHECK(violated(story.judge()) == "termination non-blocking no-leak");
  CHECK(violated(Story{story}.ends_still(store, 0, 2, 2s).judge()) ==
        "termination non-blocking no-leak");
  // It is not so in a run that still gets somewhere, nor if all are up.
  CHECK(violated(Story{story}.ends(sim::EndReason::busy, 999s).judge()) == "");
  CHECK(violated(Story{story}.at(999s).restart(orders).judge()) == "termination no-leak");
  CHECK(violated(Story{story}.ends(sim::EndReason::busy, 1001s).judge()) == "non-blocking");
}

TEST_CASE("non-blocking: in doubt from the record on, not from the vote", "[properties]") {
  // The courier decides at once. The store prepares at 1s and votes at `votes`.
  const auto judge = [](Duration votes) {
    Story story = Story{voting()}.request(0).crash(orders).at(1s).prepare(store, 0);
    story.at(votes).vote(store, 0).at(11001ms).restart(orders).decide(orders, 0, no);
    return story.decide(store, 0, no).judge();
  };
  CHECK(violated(judge(1s)) == "non-blocking");
  CHECK(violated(judge(9s)) == "non-blocking");
  CHECK(judge(9s).metrics().blocked == 10001ms);
}

TEST_CASE("non-blocking: what a crash loses before the vote is no doubt, now or later",
          "[properties]") {
  // Between the two records, 20s pass in which the coordinator is down.
  Story story = Story{voting()}.request(0).at(1s).unforced().prepare(store, 0);
  story.at(2s).crash(store).restart(store).crash(orders);
  const Judge aborted = Story{story}.at(22s).restart(orders).decide(store, 0, no).judge();
  CHECK(violated(aborted) == "");
  CHECK(aborted.metrics().blocked == 0s);
  const Judge again =
      Story{story}.at(22s).prepare(store, 0).at(31s).restart(orders).decide(store, 0, no).judge();
  CHECK(violated(again) == "");
  CHECK(again.metrics().blocked == 9s);
}

TEST_CASE("non-blocking: who aborts unbound, and forgets it, was never in doubt", "[properties]") {
  Story story = Story{voting()}.request(0).at(1s).unforced().decide(store, 0, no);
  story.at(2s).crash(store).restart(store).crash(orders);
  const Judge judge = story.at(22s).restart(orders).decide(store, 0, no).judge();
  CHECK(violated(judge) == "");
  CHECK(judge.metrics().blocked == 0s);
}

TEST_CASE("non-blocking: a decision that a crash lost does not end the doubt", "[properties]") {
  const Judge judge = prepared()
                          .at(1s)
                          .unforced()
                          .release(store, 0)
                          .decide(store, 0, no)
                          .crash(store)
                          .restart(store)
                          .crash(orders)
                          .at(12s)
                          .restart(orders)
                          .decide(orders, 0, no)
                          .release(store, 0)
                          .decide(store, 0, no)
                          .release(courier, 0)
                          .decide(courier, 0, no)
                          .judge();
  CHECK(violated(judge) == "non-blocking");
}

TEST_CASE("non-blocking: a run that was cut short leaves it unknown", "[properties]") {
  const Judge judge = prepared().crash(orders).ends(sim::EndReason::events, 2s).judge();
  CHECK(judge.tally(Property::non_blocking).verdict == Verdict::unknown);
}

namespace {

/// All services abort.
Story& abort(Story& story) {
  return story.release(store, 0).decide(store, 0, no).release(courier, 0).decide(courier, 0, no);
}

}  // namespace

TEST_CASE("non-blocking: who has decided is in doubt no longer", "[properties]") {
  Story story = prepared().at(1s).crash(orders);
  story.at(2s).restart(orders).decide(orders, 0, no);
  const Judge judge = abort(story).crash(orders).at(30s).restart(orders).judge();
  CHECK(violated(judge) == "");
  CHECK(judge.metrics().blocked == 2s);
}

TEST_CASE("non-blocking: voting again does not begin anew", "[properties]") {
  Story story = prepared().at(1s).crash(orders);
  story.at(9s).vote(store, 0).vote(courier, 0);
  story.at(12s).restart(orders).decide(orders, 0, no);
  CHECK(violated(abort(story).judge()) == "non-blocking");
}

TEST_CASE("non-blocking: deciding again, not yet durably, does not either", "[properties]") {
  Story story = prepared().at(500ms).decide(orders, 0, no).unforced();
  abort(story).at(1s).crash(orders);
  story.at(30s).decide(store, 0, no).restart(orders);
  CHECK(violated(story.judge()) == "");
}

TEST_CASE("non-blocking: a service that is the coordinator decides outside its records",
          "[properties]") {
  JudgeSetup setup = voting();
  setup.coordinator = store;
  Story story = prepared(setup).at(1s).release(store, 0).decide(store, 0, no);
  story.release(courier, 0).decide(courier, 0, no).crash(courier);
  const Judge judge = story.judge();
  CHECK(violated(judge) == "");
  CHECK(judge.metrics().blocked == 0s);
}

TEST_CASE("non-blocking: a node that orders do not need may be down", "[properties]") {
  JudgeSetup setup = voting();
  setup.names.emplace_back("bystander");
  Story story = prepared(setup).crash(NodeId{4}).at(20s).decide(orders, 0, no);
  CHECK(violated(abort(story).judge()) == "");
}

}  // namespace indoubt::properties::test
