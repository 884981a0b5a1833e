#include "sim/world/failure.hpp"
#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {
namespace {

using Cause = sim::Failure::Cause;

JudgeSetup fallible(JudgeSetup setup = silent()) {
  setup.family_may_fail = true;
  return setup;
}

}  // namespace

TEST_CASE("no-failure: the code of a role fails", "[properties]") {
  const Judge judge = Story{fallible()}.place(0).fail(store, 0, Cause::exception, 2).judge();
  CHECK(violated(judge) == "no-failure");
  CHECK(told(Property::no_failure, judge) ==
        "order 118: store failed at 0.050s while it handled ask: ");
  const Finding finding = judge.tally(Property::no_failure).first;
  CHECK(describe(finding, judge.setup(), "no such row") ==
        "order 118: store failed at 0.050s while it handled ask: no such row");
  CHECK(finding.unit == 2);
}

TEST_CASE("no-failure: each cause has a reason", "[properties]") {
  const auto reason = [](Cause cause) {
    const Judge judge = Story{fallible()}.request(0).fail(store, 0, cause, 2).judge();
    return judge.tally(Property::no_failure).first.reason;
  };
  CHECK(reason(Cause::exception) == Reason::handler_threw);
  CHECK(reason(Cause::expectation) == Reason::expectation_failed);
  CHECK(reason(Cause::replay) == Reason::replay_threw);
  CHECK(reason(Cause::standstill) == Reason::time_stands_still);
}

TEST_CASE("no-failure: a crash is none, and a run that a bound cuts short is judged",
          "[properties]") {
  const Judge judge = Story{fallible()}
                          .place(0)
                          .crash(store)
                          .restart(store)
                          .ends(sim::EndReason::events, 30s)
                          .judge();
  CHECK(judge.tally(Property::no_failure).verdict == Verdict::holds);
}

TEST_CASE(
    "no-failure: our own families cannot violate it, and a run without orders does not check it",
    "[properties]") {
  CHECK_FALSE(Story{silent()}.place(0).judge().applicable().has(Property::no_failure));
  CHECK(Story{silent()}.place(0).judge().tally(Property::no_failure).verdict == Verdict::unknown);
  CHECK(Story{fallible()}.judge().tally(Property::no_failure).verdict == Verdict::unknown);
}

}  // namespace indoubt::properties::test
