#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {
namespace {

Story applied_once() {
  Story story{publishing()};
  story.request(0).decide(orders, 0, yes);
  story.at(20ms).assign(store, 0).apply(store, 0);
  return story.assign(courier, 0).apply(courier, 0);
}

}  // namespace

TEST_CASE("exactly-once: an effect that is repeated", "[properties]") {
  CHECK(violated(applied_once().judge()) == "");
  const Judge judge = applied_once().at(30ms).apply(store, 0).judge();
  CHECK(violated(judge) == "exactly-once");
  CHECK(told(Property::exactly_once, judge) ==
        "order 118: its message took effect at store at 0.020s, and once more at 0.030s");
}

TEST_CASE("exactly-once: who listens without having units is a consumer, too", "[properties]") {
  JudgeSetup setup = publishing();
  setup.listeners = {orders};
  Story story{setup};
  story.request(0).decide(orders, 0, yes).at(20ms);
  for (const NodeId service : {store, courier}) story.assign(service, 0).apply(service, 0);
  CHECK(violated(Story{story}.apply(orders, 0).judge()) == "");
  const Judge judge = Story{story}.apply(orders, 0).at(30ms).apply(orders, 0).judge();
  CHECK(violated(judge) == "exactly-once");
  CHECK(told(Property::exactly_once, judge) ==
        "order 118: its message took effect at orders at 0.020s, and once more at 0.030s");
  const Story lost = Story{story}.unforced().apply(orders, 0).crash(orders).restart(orders);
  CHECK(violated(Story{lost}.apply(orders, 0).judge()) == "");
}

TEST_CASE("exactly-once: what a lost disk forgets may be done again, and then once",
          "[properties]") {
  Story story = applied_once().at(30ms).lose_disk(store).restart(store);
  story.at(40ms).assign(store, 0).apply(store, 0);
  CHECK(violated(story.judge()) == "");
  CHECK(violated(Story{story}.apply(store, 0).judge()) == "exactly-once");
}

TEST_CASE("exactly-once: what a lost disk leaves is not done again", "[properties]") {
  Story story = applied_once().at(30ms).lose_disk(store, 2).restart(store);
  CHECK(violated(story.apply(store, 0).judge()) == "exactly-once");
}

TEST_CASE("exactly-once: what a crash loses may be done again", "[properties]") {
  Story story{publishing()};
  story.request(0).decide(orders, 0, yes).assign(store, 0).unforced().apply(store, 0).crash(store);
  story.restart(store).apply(store, 0).assign(courier, 0).apply(courier, 0);
  CHECK(violated(story.judge()) == "");
  CHECK(story.judge().tally(Property::exactly_once).verdict == Verdict::holds);
}

}  // namespace indoubt::properties::test
