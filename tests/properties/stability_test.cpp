#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

TEST_CASE("stability: a coordinator that changes its mind", "[properties]") {
  const Judge judge = Story{deciding()}
                          .request(0)
                          .at(10ms)
                          .decide(orders, 0, yes)
                          .at(20ms)
                          .decide(orders, 0, no)
                          .judge();
  CHECK(violated(judge) == "stability");
  CHECK(unknown(judge) ==
        "agreement validity non-triviality fulfilment truthful-refusal termination non-blocking "
        "truthful-reply reservation-expiry exclusive-hold isolation");
  CHECK(told(Property::stability, judge) ==
        "order 118: orders decided abort at 0.020s after it had decided commit at 0.010s");
}

TEST_CASE("stability: a service that changes its mind is found whoever decided before",
          "[properties]") {
  const Judge judge = prepared()
                          .at(30ms)
                          .decide(orders, 0, yes)
                          .decide(store, 0, yes)
                          .decide(courier, 0, yes)
                          .at(40ms)
                          .decide(courier, 0, no)
                          .release(store, 0)
                          .release(courier, 0)
                          .judge();
  CHECK(violated(judge) == "agreement stability");
  CHECK(judge.tally(Property::stability).first.node == courier);
}

TEST_CASE("stability: the same decision twice is one", "[properties]") {
  const Judge judge =
      Story{deciding()}.request(0).at(10ms).decide(orders, 0, no).decide(orders, 0, no).judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::stability).verdict == Verdict::holds);
}

TEST_CASE("stability: a service that forgot an unforced decision may decide anew", "[properties]") {
  const Judge judge = prepared()
                          .at(30ms)
                          .unforced()
                          .release(store, 0)
                          .decide(store, 0, no)
                          .at(40ms)
                          .crash(store)
                          .at(50ms)
                          .restart(store)
                          .decide(orders, 0, yes)
                          .at(60ms)
                          .assign(store, 0)
                          .decide(store, 0, yes)
                          .assign(courier, 0)
                          .decide(courier, 0, yes)
                          .judge();
  CHECK(violated(judge) == "");
}

}  // namespace indoubt::properties::test
