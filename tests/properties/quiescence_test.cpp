#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

TEST_CASE("quiescence: somebody asks for ever", "[properties]") {
  const Judge judge = Story{silent()}.place(0).ends_still(courier, 0, 2, 30s).judge();
  CHECK(violated(judge) == "quiescence");
  CHECK(told(Property::quiescence, judge) ==
        "order 118: courier still has its timer ask armed at 30.000s, although nothing has come of "
        "it for long");
  const Judge at_rest = Story{silent()}.place(0).judge();
  CHECK(at_rest.tally(Property::quiescence).verdict == Verdict::holds);
}

TEST_CASE("quiescence: a timer may be about no order", "[properties]") {
  Story story = Story{silent()}.place(0).ends_still(courier, 0xffff'ffff, 2, 30s);
  CHECK(told(Property::quiescence, story.judge()).substr(0, 14) == "courier still ");
}

TEST_CASE("quiescence: whoever waits for a lost node may ask it for ever", "[properties]") {
  const Story story = Story{silent()}.place(0).crash(store).ends_still(courier, 0, 2, 30s);
  CHECK(violated(story.judge()) == "");
  CHECK(story.judge().tally(Property::quiescence).verdict == Verdict::unknown);
  CHECK(violated(Story{story}.at(20s).restart(store).ends_still(courier, 0, 2, 30s).judge()) ==
        "quiescence");
}

TEST_CASE("quiescence: a busy run leaves it unknown, one without orders does not check it",
          "[properties]") {
  const Judge busy = Story{silent()}.place(0).ends(sim::EndReason::busy, 30s).judge();
  CHECK(busy.tally(Property::quiescence).verdict == Verdict::unknown);
  CHECK(busy.tally(Property::quiescence).cut_short);
  const Judge empty = Story{silent()}.judge();
  CHECK(empty.tally(Property::quiescence).verdict == Verdict::unknown);
  CHECK_FALSE(empty.tally(Property::quiescence).cut_short);
}

}  // namespace indoubt::properties::test
