#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {
namespace {

/// The message about order 0 takes effect at both services.
Story applied() {
  Story story{publishing()};
  story.request(0).at(20ms).assign(store, 0).apply(store, 0);
  return story.assign(courier, 0).apply(courier, 0);
}

}  // namespace

TEST_CASE("no-ghost: an effect of what nobody has committed", "[properties]") {
  const Judge judge = applied().judge();
  CHECK(judge.tally(Property::no_ghost).violations == 1);
  CHECK(told(Property::no_ghost, judge) ==
        "order 118: its message took effect at store at 0.020s, although nobody has committed it");
  // Nobody decides, so nobody can have ended the steps that were taken, either.
  CHECK(violated(judge) == "termination no-ghost");
}

TEST_CASE("no-ghost: the commit may come later, but not as an abort", "[properties]") {
  CHECK(violated(applied().at(30ms).decide(orders, 0, yes).judge()) == "");
  CHECK(applied().at(30ms).decide(orders, 0, no).judge().tally(Property::no_ghost).verdict ==
        Verdict::violated);
}

TEST_CASE("no-ghost: an effect that a crash lost haunts nobody", "[properties]") {
  Story story{publishing()};
  story.request(0).unforced().apply(store, 0).crash(store).restart(store);
  CHECK(violated(story.judge()) == "");
  CHECK(story.judge().tally(Property::no_ghost).verdict == Verdict::unknown);
}

TEST_CASE("no-ghost: who listens without having units can see one, too", "[properties]") {
  JudgeSetup setup = deciding();
  setup.listeners = {orders};
  const Story story = Story{setup}.place(0).request(1).at(30ms).apply(orders, 1);
  CHECK(told(Property::no_ghost, Story{story}.decide(orders, 1, no).judge()) ==
        "order 119: its message took effect at orders at 0.030s, although nobody has committed it");
  CHECK(Story{story}.decide(orders, 1, yes).judge().tally(Property::no_ghost).verdict ==
        Verdict::holds);
}

}  // namespace indoubt::properties::test
