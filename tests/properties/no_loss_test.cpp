#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {
namespace {

/// Order 0 is committed; its message has taken effect at the store.
Story half_applied() {
  Story story{publishing()};
  story.request(0).at(10ms).decide(orders, 0, yes);
  return story.at(20ms).assign(store, 0).apply(store, 0).at(30ms).assign(courier, 0);
}

}  // namespace

TEST_CASE("no-loss: a message that never takes effect", "[properties]") {
  const Judge judge = half_applied().judge();
  CHECK(violated(judge) == "no-loss");
  CHECK(told(Property::no_loss, judge) ==
        "order 118: it was committed at 0.010s, but its message never took effect at courier");
}

TEST_CASE("no-loss: an effect that a crash loses is none, until it is made again", "[properties]") {
  Story story = half_applied();
  story.at(40ms).unforced().apply(courier, 0).at(50ms).crash(courier).restart(courier);
  CHECK(violated(story.judge()) == "no-loss");
  CHECK(violated(story.apply(courier, 0).judge()) == "");
}

TEST_CASE("no-loss: a service that is down for good owes its effect", "[properties]") {
  const Story story = half_applied().crash(courier);
  const Story later = Story{story}.restart(courier).apply(courier, 0);
  const Judge judge = story.judge_with_return(later);
  CHECK(owed(judge) == "no-loss");
  CHECK(violated(story.judge_with_return(Story{story}.restart(courier))) == "no-loss");
  CHECK(judge.tally(Property::no_loss).owed_by == courier);
}

TEST_CASE("no-loss: what is not committed owes nothing", "[properties]") {
  const Judge judge = Story{publishing()}.request(0).decide(orders, 0, no).judge();
  CHECK(judge.tally(Property::no_loss).verdict == Verdict::unknown);
  const Judge cut_short = half_applied().ends(sim::EndReason::events, 1s).judge();
  CHECK(cut_short.tally(Property::no_loss).verdict == Verdict::unknown);
}

TEST_CASE("no-loss: a refusal is an effect", "[properties]") {
  Story story{publishing()};
  story.request(0).decide(orders, 0, yes).refuse(store, 0).apply(store, 0);
  const Judge judge = story.refuse(courier, 0).apply(courier, 0).judge();
  CHECK(judge.tally(Property::no_loss).verdict == Verdict::holds);
}

TEST_CASE("no-loss: who listens without having units is a consumer, too", "[properties]") {
  JudgeSetup setup = publishing();
  setup.listeners = {orders};
  Story story{setup};
  story.request(0).at(10ms).decide(orders, 0, yes).at(20ms);
  for (const NodeId service : {store, courier}) story.assign(service, 0).apply(service, 0);
  const Judge deaf = story.judge();
  CHECK(violated(deaf) == "no-loss");
  CHECK(told(Property::no_loss, deaf) ==
        "order 118: it was committed at 0.010s, but its message never took effect at orders");

  const Story forgetful = Story{story}.at(30ms).unforced().apply(orders, 0).crash(orders);
  CHECK(violated(Story{forgetful}.restart(orders).judge()) == "no-loss");
  const Story later = Story{forgetful}.restart(orders).apply(orders, 0);
  CHECK(owed(forgetful.judge_with_return(later)) == "no-loss");

  const Judge heard = story.at(30ms).apply(orders, 0).judge();
  CHECK(violated(heard) == "");
  CHECK(heard.tally(Property::no_loss).verdict == Verdict::holds);
}

TEST_CASE("no-loss: where services are told otherwise, only listeners are consumers",
          "[properties]") {
  JudgeSetup setup = deciding();
  setup.listeners = {orders};
  const Story story = Story{setup}.place(0);
  const Judge deaf = Story{story}.judge();
  CHECK(violated(deaf) == "no-loss");
  CHECK(deaf.tally(Property::no_loss).violations == 1);
  const Judge heard = Story{story}.apply(store, 0).apply(orders, 0).judge();
  CHECK(violated(heard) == "");
  CHECK(heard.tally(Property::no_loss).verdict == Verdict::holds);
}

}  // namespace indoubt::properties::test
