#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

TEST_CASE("atomicity: an order that has more than it takes violates it alone", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .at(10ms)
                          .assign(store, 0, 0)
                          .assign(store, 0, 1)
                          .assign(courier, 0)
                          .judge();
  CHECK(violated(judge) == "atomicity");
  CHECK(unknown(judge) ==
        no_decisions + " truthful-reply reservation-expiry exclusive-hold durability");
  CHECK(told(Property::atomicity, judge) ==
        "order 118: store has assigned more units than the order takes, the last at 0.010s");
}

TEST_CASE("atomicity: what an order is to have depends on its kind", "[properties]") {
  JudgeSetup setup = silent();
  const std::array<std::uint32_t, 2> turns{1, 1};
  setup.order_kinds = sim::OrderKinds{turns};
  setup.services[0].items.front().per_order = {1, 1};
  setup.services[1].items.front().per_order = {1, 0};  // only the first order needs the courier
  const Story both =
      Story{setup}.request(0).request(1).at(10ms).assign(store, 0, 0).assign(store, 1, 1);
  CHECK(told(Property::atomicity, both.judge()) ==
        "order 118: store has assigned its units (at 0.010s), but courier has not");
  CHECK(violated(Story{both}.assign(courier, 0, 0).judge()) == "");
  CHECK(violated(Story{both}.assign(courier, 0, 0).assign(courier, 1, 1).judge()) == "atomicity");
}

TEST_CASE("atomicity: half an order is also a leak", "[properties]") {
  const Judge judge = Story{silent()}.request(0).at(10ms).assign(courier, 0).judge();
  CHECK(violated(judge) == "atomicity no-leak");
  CHECK(judge.tally(Property::atomicity).first.reason == Reason::partly_assigned);
  CHECK(told(Property::atomicity, judge) ==
        "order 118: courier has assigned its units (at 0.010s), but store has not");
}

TEST_CASE("atomicity: one service with some of an order's units says what it lacks",
          "[properties]") {
  JudgeSetup setup = silent();
  setup.services[0].items = {{.units = 2, .per_order = {2}, .name = "packet"},
                             {.units = 2, .per_order = {1}, .name = "letter"}};
  const Story both = Story{setup}.request(0).at(10ms).assign(store, 0, 0).assign(store, 0, 1);
  const Judge judge = both.judge();
  CHECK(judge.tally(Property::atomicity).first.reason == Reason::short_of_units);
  CHECK(told(Property::atomicity, judge) ==
        "order 118: store has assigned some of its units (at 0.010s), but lacks a unit of letter");
  const Judge other =
      Story{setup}.request(0).at(10ms).assign(store, 0, 1).assign(store, 0, 2).judge();
  CHECK(told(Property::atomicity, other) ==
        "order 118: store has assigned some of its units (at 0.010s), but lacks a unit of packet");
  const Judge whole = Story{both}.at(20ms).assign(store, 0, 2).judge();
  CHECK(told(Property::atomicity, whole) ==
        "order 118: store has assigned its units (at 0.020s), but courier has not");
}

TEST_CASE("atomicity: a yes vote without its hold shows when the commit finds nothing",
          "[properties]") {
  const Judge judge = Story{voting()}
                          .request(0)
                          .at(10ms)
                          .hold(store, 0)
                          .hold(courier, 0)
                          .crash(store)
                          .at(20ms)
                          .restart(store)
                          .vote(store, 0)
                          .vote(courier, 0)
                          .at(30ms)
                          .unforced()
                          .hold(store, 0)
                          .crash(store)
                          .at(40ms)
                          .restart(store)
                          .decide(orders, 0, yes)
                          .at(50ms)
                          .assign(courier, 0)
                          .decide(courier, 0, yes)
                          .release(store, 0)
                          .judge();
  CHECK(judge.tally(Property::atomicity).verdict == Verdict::violated);
}

TEST_CASE("atomicity: what a node that is down for good does not do is owed", "[properties]") {
  const Story story = Story{silent()}.place(1, 1).request(0).assign(store, 0).crash(courier);
  const Story later = Story{story}.at(60s).restart(courier).at(61s).assign(courier, 0);
  const Judge judge = story.judge_with_return(later);
  CHECK(violated(judge) == "");
  CHECK(owed(judge) == "atomicity no-leak");
  CHECK(judge.tally(Property::atomicity).owed == 1);  // the other order is whole
  CHECK(judge.tally(Property::atomicity).owed_by == courier);
}

TEST_CASE("atomicity: what a node that is back does not do is no debt", "[properties]") {
  const Story story = Story{silent()}.request(0).at(10ms).assign(store, 0).crash(courier);
  CHECK(violated(story.judge_with_return(Story{story}.at(60s).restart(courier))) ==
        "atomicity no-leak");
  CHECK(violated(story.judge()) == "atomicity no-leak");  // it never comes back
}

TEST_CASE("atomicity: a run that was cut short leaves it unknown", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .at(10ms)
                          .assign(store, 0)
                          .ends(sim::EndReason::events, 20ms)
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::atomicity).verdict == Verdict::unknown);
  CHECK(judge.tally(Property::atomicity).cut_short);
  CHECK(judge.tally(Property::conservation).verdict == Verdict::holds);
}

}  // namespace indoubt::properties::test
