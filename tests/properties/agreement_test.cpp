#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

TEST_CASE("agreement: services that abort what the coordinator commits", "[properties]") {
  const Judge judge = prepared()
                          .at(30ms)
                          .decide(orders, 0, yes)
                          .at(40ms)
                          .release(store, 0)
                          .decide(store, 0, no)
                          .release(courier, 0)
                          .decide(courier, 0, no)
                          .judge();
  CHECK(violated(judge) == "agreement");
  CHECK(unknown(judge) ==
        "non-triviality fulfilment truthful-refusal truthful-reply reservation-expiry");
  CHECK(told(Property::agreement, judge) ==
        "order 118: orders decided commit at 0.030s, but store decided abort at 0.040s");
  CHECK(judge.tally(Property::agreement).violations == 1);  // orders count, not pairs of nodes
}

TEST_CASE("agreement: a decision that a crash lost was none", "[properties]") {
  // The service decides wrongly in an unforced record, forgets it, and then decides rightly.
  const Judge judge = prepared()
                          .at(30ms)
                          .decide(orders, 0, yes)
                          .at(40ms)
                          .unforced()
                          .release(store, 0)
                          .decide(store, 0, no)
                          .at(50ms)
                          .crash(store)
                          .at(60ms)
                          .restart(store)
                          .assign(store, 0)
                          .decide(store, 0, yes)
                          .assign(courier, 0)
                          .decide(courier, 0, yes)
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::agreement).verdict == Verdict::holds);
}

TEST_CASE("agreement: a decision that was neither forced nor lost counts at the end",
          "[properties]") {
  const Judge judge = prepared()
                          .at(30ms)
                          .decide(orders, 0, yes)
                          .at(40ms)
                          .unforced()
                          .release(store, 0)
                          .decide(store, 0, no)
                          .release(courier, 0)
                          .decide(courier, 0, no)
                          .judge();
  CHECK(violated(judge) == "agreement");
}

TEST_CASE("agreement: a coordinator without a record may answer abort", "[properties]") {
  // Presumed abort: it decided nothing that it told, forgot it all, and presumes.
  const Judge judge = prepared()
                          .at(30ms)
                          .crash(orders)
                          .at(40ms)
                          .restart(orders)
                          .at(50ms)
                          .release(store, 0)
                          .decide(store, 0, no)
                          .release(courier, 0)
                          .decide(courier, 0, no)
                          .judge();
  CHECK(violated(judge) == "");
}

TEST_CASE("agreement: a coordinator that told commit before it was safe", "[properties]") {
  const Judge judge = prepared()
                          .at(30ms)
                          .decide(orders, 0, yes)
                          .at(40ms)
                          .assign(store, 0)
                          .decide(store, 0, yes)
                          .crash(orders)
                          .at(50ms)
                          .restart(orders)
                          .at(60ms)
                          .release(courier, 0)
                          .decide(courier, 0, no)
                          .judge();
  CHECK(violated(judge) == "atomicity agreement no-leak");
}

TEST_CASE("agreement: whoever decides alone agrees with nobody", "[properties]") {
  const auto verdict = [](const Story& story) {
    return story.judge().tally(Property::agreement).verdict;
  };
  const Story alone = Story{voting()}.request(0).decide(orders, 0, no).decide(orders, 0, no);
  CHECK(verdict(alone) == Verdict::unknown);
  CHECK(verdict(Story{alone}.request(1).decide(store, 1, yes)) == Verdict::unknown);  // of another
  CHECK(verdict(Story{alone}.decide(store, 0, no)) == Verdict::holds);
  CHECK(verdict(Story{alone}.decide(store, 0, yes)) == Verdict::violated);
  // One that changes its mind agrees with itself no less: that is another property's.
  CHECK(verdict(Story{alone}.decide(orders, 0, yes)) == Verdict::unknown);
}

}  // namespace indoubt::properties::test
