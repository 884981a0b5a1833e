#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

TEST_CASE("non-blocking: a service in doubt while the coordinator is down", "[properties]") {
  const auto story = [](Duration back) {
    return prepared()
        .disturbed()
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
  CHECK(unknown(judge) == "non-triviality truthful-reply reservation-expiry");
  CHECK(judge.tally(Property::non_blocking).first.node == store);
  CHECK(judge.metrics().blocked == 20002ms);  // two services
  CHECK(violated(story(11s).judge()) == "");
}

TEST_CASE("non-blocking: an outcome that a crash makes a service forget starts the doubt anew",
          "[properties]") {
  // The store knows the outcome for 20s in which the courier is down, then forgets it for `gap`.
  const auto judge = [](Duration gap) {
    Story story = prepared().disturbed().at(1s).decide(orders, 0, yes);
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
                          .disturbed()
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
                          .disturbed()
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
  const Judge judge = prepared().disturbed().at(30ms).crash(orders).judge();
  CHECK(violated(judge) == "termination non-blocking");
  CHECK(judge.metrics().blocked == 2 * (60s - 30ms));
}

TEST_CASE("non-blocking: a decision that a crash lost does not end the doubt", "[properties]") {
  const Judge judge = prepared()
                          .disturbed()
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
  const Judge judge = prepared().disturbed().crash(orders).ends(RunEnd::Reason::events, 2s).judge();
  CHECK(judge.tally(Property::non_blocking).verdict == Verdict::unknown);
}

namespace {

/// All services abort.
Story& abort(Story& story) {
  return story.release(store, 0).decide(store, 0, no).release(courier, 0).decide(courier, 0, no);
}

}  // namespace

TEST_CASE("non-blocking: who has decided is in doubt no longer", "[properties]") {
  Story story = prepared().disturbed().at(1s).crash(orders);
  story.at(2s).restart(orders).decide(orders, 0, no);
  const Judge judge = abort(story).crash(orders).at(30s).restart(orders).judge();
  CHECK(violated(judge) == "");
  CHECK(judge.metrics().blocked == 2s);
}

TEST_CASE("non-blocking: voting again does not begin anew", "[properties]") {
  Story story = prepared().disturbed().at(1s).crash(orders);
  story.at(9s).vote(store, 0).vote(courier, 0);
  story.at(12s).restart(orders).decide(orders, 0, no);
  CHECK(violated(abort(story).judge()) == "non-blocking");
}

TEST_CASE("non-blocking: deciding again, not yet durably, does not either", "[properties]") {
  Story story = prepared().disturbed().at(500ms).decide(orders, 0, no).unforced();
  abort(story).at(1s).crash(orders);
  story.at(30s).decide(store, 0, no).restart(orders);
  CHECK(violated(story.judge()) == "");
}

TEST_CASE("non-blocking: a service that is the coordinator decides outside its records",
          "[properties]") {
  JudgeSetup setup = voting();
  setup.coordinator = store;
  Story story = prepared(setup).disturbed().at(1s).release(store, 0).decide(store, 0, no);
  story.release(courier, 0).decide(courier, 0, no).crash(courier);
  const Judge judge = story.judge();
  CHECK(violated(judge) == "");
  CHECK(judge.metrics().blocked == 0s);
}

TEST_CASE("non-blocking: a node that orders do not need may be down", "[properties]") {
  JudgeSetup setup = voting();
  setup.names.emplace_back("bystander");
  Story story = prepared(setup).disturbed().crash(NodeId{4}).at(20s).decide(orders, 0, no);
  CHECK(violated(abort(story).judge()) == "");
}

}  // namespace indoubt::properties::test
