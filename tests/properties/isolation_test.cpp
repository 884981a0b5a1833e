#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

namespace {

/// All units of the store are assigned to order 0, and another order is refused.
Story refused() {
  JudgeSetup setup = silent();
  setup.services[0].items = {{1, 1}};
  Story story{setup};
  story.request(0).request(1).at(10ms).assign(store, 0);
  return story.at(20ms).refuse(store, 1);
}

}  // namespace

TEST_CASE("isolation: an order is refused because of what is given back later", "[properties]") {
  const Judge judge = refused().at(30ms).release(store, 0).judge();
  CHECK(violated(judge) == "isolation");
  CHECK(unknown(judge) ==
        "agreement stability validity non-triviality fulfilment termination non-blocking "
        "truthful-reply reservation-expiry exclusive-hold durability");
  CHECK(judge.metrics().isolation.dirty_reads == 1);
  CHECK(judge.tally(Property::isolation).first.order == sim::OrderId{1});
  CHECK(told(Property::isolation, judge) ==
        "order 119: store refused it at 0.020s for want of a unit that order 118 gave back at "
        "0.030s");
}

TEST_CASE("isolation: a refusal because of what stays assigned is right", "[properties]") {
  const Judge judge = refused().at(30ms).assign(courier, 0).judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::isolation).verdict == Verdict::holds);
}

TEST_CASE("isolation: each refusal is one dirty read", "[properties]") {
  const Judge judge = refused()
                          .at(30ms)
                          .refuse(store, 2)
                          .at(40ms)
                          .release(store, 0)
                          .at(50ms)
                          .assign(store, 0)
                          .at(60ms)
                          .refuse(store, 3)
                          .at(70ms)
                          .release(store, 0)
                          .judge();
  CHECK(judge.metrics().isolation.dirty_reads == 3);
  CHECK(judge.tally(Property::isolation).violations == 3);
}

TEST_CASE("isolation: a refusal before the assignment did not read it", "[properties]") {
  JudgeSetup setup = silent();
  setup.services[0].items = {{1, 1}};
  Story story{setup};
  story.request(0).request(1).at(10ms).hold(store, 0).refuse(store, 1);
  story.at(20ms).assign(store, 0).at(30ms).release(store, 0);
  CHECK(violated(story.judge()) == "");
}

TEST_CASE("isolation: who refuses with stock left has read nothing", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .request(1)
                          .at(10ms)
                          .assign(store, 0)
                          .at(20ms)
                          .refuse(store, 1)
                          .at(30ms)
                          .release(store, 0)
                          .judge();
  CHECK(violated(judge) == "truthful-refusal");
}

TEST_CASE("isolation: stock of one item does not help who wants another", "[properties]") {
  JudgeSetup setup = silent();
  setup.services[0].items = {{5, 1}, {1, 1}};
  Story story{setup};
  story.request(0).request(1).at(10ms).assign(store, 0, 0).assign(store, 0, 5);
  story.at(20ms).refuse(store, 1).at(30ms).release(store, 0, 5).release(store, 0, 0);
  CHECK(story.judge().metrics().isolation.dirty_reads == 1);
}

TEST_CASE("isolation: assigning what was read before it changed", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .hold(store, 0, 0, 1s)
                          .at(1s)
                          .expire(store, 0)
                          .at(2s)
                          .assign(store, 0)
                          .assign(courier, 0)
                          .judge();
  CHECK(violated(judge) == "exclusive-hold isolation");
  CHECK(told(Property::isolation, judge) ==
        "order 118: store assigned unit 0 to it at 2.000s, although what it held there had "
        "changed");
  CHECK(judge.metrics().isolation.fuzzy_reads == 1);
}

TEST_CASE("isolation: who holds anew reads anew", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .hold(store, 0, 0, 1s)
                          .at(1s)
                          .expire(store, 0)
                          .at(2s)
                          .hold(store, 0, 1, 1s)
                          .at(2500ms)
                          .assign(store, 0, 1)
                          .assign(courier, 0)
                          .judge();
  CHECK(violated(judge) == "");
}

TEST_CASE("isolation: an order does not read its own unit dirty", "[properties]") {
  JudgeSetup setup = silent();
  setup.services[0].items = {{1, 1}};
  Story story{setup};
  story.request(0).assign(store, 0).at(10ms).refuse(store, 0).at(20ms).release(store, 0);
  CHECK(violated(story.judge()) == "");
}

TEST_CASE("isolation: a refusal because of a hold waits for nothing that was promised",
          "[properties]") {
  JudgeSetup setup = silent();
  setup.services[0].items = {{1, 1}};
  Story story{setup};
  story.request(0).request(1).hold(store, 0).at(10ms).refuse(store, 1);
  CHECK(violated(story.at(20ms).release(store, 0).judge()) == "");
}

TEST_CASE("isolation: an assignment told twice began with the first", "[properties]") {
  const Judge judge = refused().at(30ms).assign(store, 0).at(40ms).release(store, 0).judge();
  CHECK(judge.metrics().isolation.dirty_reads == 1);
}

}  // namespace indoubt::properties::test
