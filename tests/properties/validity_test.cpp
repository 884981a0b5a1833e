#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

TEST_CASE("validity: a commit that not everybody voted for", "[properties]") {
  const Judge judge = Story{voting()}
                          .request(0)
                          .at(10ms)
                          .hold(store, 0)
                          .hold(courier, 0)
                          .vote(store, 0)
                          .at(20ms)
                          .decide(orders, 0, yes)
                          .at(30ms)
                          .assign(store, 0)
                          .decide(store, 0, yes)
                          .assign(courier, 0)
                          .decide(courier, 0, yes)
                          .judge();
  CHECK(violated(judge) == "validity");
  CHECK(unknown(judge) ==
        "non-triviality fulfilment truthful-refusal truthful-reply reservation-expiry");
  CHECK(told(Property::validity, judge) ==
        "order 118: orders decided commit at 0.020s, but courier had not voted yes");
}

TEST_CASE("validity: a vote that comes after the commit does not count", "[properties]") {
  const Judge judge = Story{voting()}
                          .request(0)
                          .at(10ms)
                          .hold(store, 0)
                          .hold(courier, 0)
                          .vote(store, 0)
                          .at(20ms)
                          .decide(orders, 0, yes)
                          .vote(courier, 0)
                          .at(30ms)
                          .assign(store, 0)
                          .decide(store, 0, yes)
                          .assign(courier, 0)
                          .decide(courier, 0, yes)
                          .judge();
  CHECK(violated(judge) == "validity");
}

TEST_CASE("validity: an abort needs no votes", "[properties]") {
  const Judge judge = Story{voting()}.request(0).at(10ms).decide(orders, 0, no).judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::validity).verdict == Verdict::holds);
}

TEST_CASE("validity: it does not apply where nobody votes", "[properties]") {
  const Judge judge = Story{deciding()}.place(0).judge();
  CHECK(judge.tally(Property::validity).verdict == Verdict::unknown);
}

}  // namespace indoubt::properties::test
