#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

TEST_CASE("exclusive-hold: a unit that somebody holds is given to another", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .request(1)
                          .at(10ms)
                          .hold(store, 0)
                          .at(20ms)
                          .hold(store, 1)
                          .at(30ms)
                          .release(store, 1)
                          .judge();
  CHECK(violated(judge) == "exclusive-hold");
  CHECK(unknown(judge) == no_decisions + " truthful-reply reservation-expiry durability");
  CHECK(told(Property::exclusive_hold, judge) ==
        "order 119: store gave it unit 0 at 0.020s, which order 118 had since 0.010s");
}

TEST_CASE("exclusive-hold: it is found whatever becomes of the record", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .request(1)
                          .hold(store, 0)
                          .unforced()
                          .hold(store, 1)
                          .crash(store)
                          .restart(store)
                          .at(10ms)
                          .release(store, 0)
                          .judge();
  CHECK(violated(judge) == "exclusive-hold");
}

TEST_CASE("exclusive-hold: an expired hold may be taken over without a word", "[properties]") {
  const auto judge = [](Duration when) {
    return Story{silent()}
        .request(0)
        .request(1)
        .hold(store, 0, 0, 1s)
        .at(when)
        .hold(store, 1, 0, 1s)
        .at(when + 1s)
        .expire(store, 1)
        .judge();
  };
  CHECK(violated(judge(1s)) == "");
  CHECK(violated(judge(999ms)) == "exclusive-hold");
}

TEST_CASE("exclusive-hold: an order assigns any held row", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .request(1)
                          .at(10ms)
                          .hold(store, 0, 0)
                          .hold(store, 1, 1)
                          .hold(courier, 0, 0)
                          .hold(courier, 1, 1)
                          .at(20ms)
                          .assign(store, 1, 0)
                          .assign(courier, 1, 1)
                          .at(30ms)
                          .assign(store, 0, 1)
                          .assign(courier, 0, 0)
                          .judge();
  CHECK(violated(judge) == "exclusive-hold isolation");
  CHECK(judge.tally(Property::exclusive_hold).violations == 2);
  CHECK(judge.metrics().isolation.fuzzy_reads == 1);  // the second lost what it had read
}

TEST_CASE("exclusive-hold: an order assigns what it no longer holds", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .at(10ms)
                          .hold(store, 0)
                          .release(store, 0)
                          .at(20ms)
                          .assign(store, 0)
                          .assign(courier, 0)
                          .judge();
  CHECK(violated(judge) == "exclusive-hold");
  CHECK(told(Property::exclusive_hold, judge) ==
        "order 118: store assigned unit 0 to it at 0.020s, which it did not hold");
}

TEST_CASE("exclusive-hold: a saga assigns without holding, also what ran out", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .request(1)
                          .hold(store, 1, 0, 1s)
                          .at(1s)
                          .assign(store, 0)
                          .assign(courier, 0)
                          .judge();
  CHECK(violated(judge) == "");
}

TEST_CASE("exclusive-hold: a hold that a crash lost binds nobody", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .request(1)
                          .unforced()
                          .hold(store, 0)
                          .crash(store)
                          .restart(store)
                          .at(10ms)
                          .hold(store, 1)
                          .at(20ms)
                          .release(store, 1)
                          .assign(store, 0)
                          .assign(courier, 0)
                          .judge();
  CHECK(violated(judge) == "");
}

TEST_CASE("exclusive-hold: locks that a restart forgot", "[properties]") {
  // The hold was forced, so it is still the order's when another one takes the unit.
  const Judge judge = Story{silent()}
                          .request(0)
                          .request(1)
                          .hold(store, 0)
                          .crash(store)
                          .restart(store)
                          .at(10ms)
                          .hold(store, 1)
                          .at(20ms)
                          .release(store, 1)
                          .judge();
  CHECK(violated(judge) == "exclusive-hold");
}

TEST_CASE("exclusive-hold: an assignment told twice is one", "[properties]") {
  const Judge judge = Story{silent()}.place(0).at(1s).assign(store, 0).assign(store, 0).judge();
  CHECK(violated(judge) == "");
}

TEST_CASE("exclusive-hold: an order may renew its own hold", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .hold(store, 0, 0, 1s)
                          .hold(courier, 0, 0, 1s)
                          .at(900ms)
                          .hold(store, 0, 0, 1s)
                          .assign(courier, 0)
                          .at(1500ms)
                          .assign(store, 0)
                          .judge();
  CHECK(violated(judge) == "");
}

}  // namespace indoubt::properties::test
