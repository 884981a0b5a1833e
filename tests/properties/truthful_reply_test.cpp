#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

TEST_CASE("truthful-reply: placed, and nothing is assigned", "[properties]") {
  const Judge judge =
      Story{silent()}.request(0).at(10ms).reply(0, yes).at(20ms).receive(0, yes).judge();
  CHECK(violated(judge) == "truthful-reply");
  CHECK(unknown(judge) == no_decisions + " reservation-expiry exclusive-hold isolation");
  CHECK(told(Property::truthful_reply, judge) ==
        "order 118: the client was told placed at 0.020s, but store has not assigned its units");
}

TEST_CASE("truthful-reply: not placed, and it stays assigned", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .at(4799ms)
                          .receive(0, no)
                          .at(4812ms)
                          .assign(store, 0)
                          .assign(courier, 0)
                          .judge();
  CHECK(violated(judge) == "truthful-reply no-leak");
  CHECK(told(Property::truthful_reply, judge) ==
        "order 118: store assigned its unit at 4.812s, but the client was told not placed at "
        "4.799s");
}

TEST_CASE("truthful-reply: not placed, and it stays held", "[properties]") {
  const Judge judge = Story{silent()}.request(0).at(10ms).hold(store, 0).receive(0, no).judge();
  CHECK(violated(judge) == "truthful-reply no-leak");
  CHECK(told(Property::truthful_reply, judge) ==
        "order 118: store holds its unit since 0.010s, but the client was told not placed at "
        "0.010s");
}

TEST_CASE("truthful-reply: told both", "[properties]") {
  const Judge judge =
      Story{silent()}.request(0).at(10ms).receive(0, yes).at(20ms).receive(0, no).judge();
  CHECK(violated(judge) == "truthful-reply");
  CHECK(told(Property::truthful_reply, judge) ==
        "order 118: the client was told placed at 0.010s, and not placed at 0.020s");
}

TEST_CASE("truthful-reply: a placed order's unit is taken back, if only for a while",
          "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .assign(store, 0, 2)
                          .assign(courier, 0)
                          .receive(0, yes)
                          .at(10ms)
                          .release(store, 0, 2)
                          .at(20ms)
                          .assign(store, 0, 3)
                          .judge();
  CHECK(violated(judge) == "truthful-reply");
  CHECK(told(Property::truthful_reply, judge) ==
        "order 118: store took unit 2 from it at 0.010s, although the client had been told placed");
}

TEST_CASE("truthful-reply: a taking back that a crash undoes was none", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .assign(store, 0)
                          .assign(courier, 0)
                          .receive(0, yes)
                          .at(10ms)
                          .unforced()
                          .release(store, 0)
                          .at(20ms)
                          .crash(store)
                          .at(30ms)
                          .restart(store)
                          .judge();
  CHECK(violated(judge) == "");
}

TEST_CASE("truthful-reply: placed may come before the assignments", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .at(10ms)
                          .hold(store, 0)
                          .hold(courier, 0)
                          .receive(0, yes)
                          .at(20ms)
                          .assign(store, 0)
                          .assign(courier, 0)
                          .receive(0, yes)
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::truthful_reply).verdict == Verdict::holds);
}

TEST_CASE("truthful-reply: what a node that is down for good does not assign is owed",
          "[properties]") {
  const Story story = Story{silent()}
                          .request(0)
                          .at(10ms)
                          .hold(store, 0)
                          .hold(courier, 0)
                          .receive(0, yes)
                          .at(20ms)
                          .assign(store, 0)
                          .crash(courier);
  const auto with_return = [](const Story& told) {
    return told.judge_with_return(Story{told}.at(60s).restart(courier).assign(courier, 0));
  };
  CHECK(violated(with_return(story)) == "");
  CHECK(owed(with_return(story)) == "atomicity truthful-reply no-leak");
  // That it contradicts itself is never excused; what leaks still is owed, but not for good.
  CHECK(violated(with_return(Story{story}.receive(0, no))) == "truthful-reply no-leak");
}

TEST_CASE("truthful-reply: a run that was cut short leaves it unknown", "[properties]") {
  const Story story = Story{silent()}.request(0).hold(store, 0).receive(0, no);
  const Judge judge = Story{story}.ends(sim::EndReason::events, 1s).judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::truthful_reply).verdict == Verdict::unknown);
}

TEST_CASE("truthful-reply: the first of two findings is told", "[properties]") {
  const Judge judge =
      Story{silent()}.request(1).request(0).receive(1, yes).at(10ms).receive(0, yes).judge();
  CHECK(judge.tally(Property::truthful_reply).violations == 2);
  CHECK(judge.tally(Property::truthful_reply).first.order == sim::OrderId{0});
}

}  // namespace indoubt::properties::test
