#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

namespace {

/// All voted yes, and the coordinator aborts at `when`.
Story aborted_at(Duration when) {
  return prepared()
      .at(when)
      .decide(orders, 0, no)
      .release(store, 0)
      .decide(store, 0, no)
      .release(courier, 0)
      .decide(courier, 0, no);
}

}  // namespace

TEST_CASE("non-triviality: an abort for no reason", "[properties]") {
  const Judge judge = aborted_at(30ms).judge();
  CHECK(violated(judge) == "non-triviality");
  CHECK(unknown(judge) == "truthful-reply reservation-expiry");
  CHECK(told(Property::non_triviality, judge) ==
        "order 118: orders decided abort at 0.030s, although nothing failed and all had voted yes "
        "by 0.020s");
}

TEST_CASE("non-triviality: faults, refusals and timeouts are reasons", "[properties]") {
  CHECK(unknown(aborted_at(30ms).disturbed().judge()) ==
        "non-triviality truthful-reply reservation-expiry");
  CHECK(unknown(aborted_at(1s).judge()) == "non-triviality truthful-reply reservation-expiry");
  CHECK(unknown(aborted_at(30ms).refuse(store, 0).judge()) ==
        "non-triviality truthful-reply reservation-expiry");
  CHECK(violated(aborted_at(999ms).judge()) == "non-triviality");
}

TEST_CASE("non-triviality: votes that took longer than the timeout are not judged",
          "[properties]") {
  const Judge judge = Story{voting()}
                          .request(0)
                          .at(10ms)
                          .hold(store, 0)
                          .hold(courier, 0)
                          .vote(store, 0)
                          .at(1001ms)
                          .vote(courier, 0)
                          .decide(orders, 0, yes)
                          .assign(store, 0)
                          .decide(store, 0, yes)
                          .assign(courier, 0)
                          .decide(courier, 0, yes)
                          .judge();
  CHECK(judge.tally(Property::non_triviality).verdict == Verdict::unknown);
}

TEST_CASE("non-triviality: to decide nothing at all is not to commit", "[properties]") {
  const Judge judge = prepared().judge();
  CHECK(judge.tally(Property::non_triviality).first.reason == Reason::never_committed);
  CHECK(violated(judge) == "non-triviality termination no-leak");
}

TEST_CASE("non-triviality: an abort is one even if somebody else commits", "[properties]") {
  const Judge judge = prepared()
                          .at(30ms)
                          .decide(orders, 0, yes)
                          .release(store, 0)
                          .decide(store, 0, no)
                          .release(courier, 0)
                          .decide(courier, 0, no)
                          .judge();
  CHECK(violated(judge) == "agreement non-triviality");
}

}  // namespace indoubt::properties::test
