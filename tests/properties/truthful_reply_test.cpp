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
  CHECK(judge.tally(Property::truthful_reply).first.reason == Reason::told_both);
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
  const Judge judge = story.judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::truthful_reply).owed == 1);
  CHECK(judge.tally(Property::truthful_reply).verdict == Verdict::unknown);
  // That it contradicts itself is never excused.
  CHECK(violated(Story{story}.receive(0, no).judge()) == "truthful-reply");
}

TEST_CASE("truthful-reply: without time to recover it is unknown", "[properties]") {
  JudgeSetup setup = silent();
  setup.longest_timeout = 3001ms;
  const Story story = Story{setup}.request(0).receive(0, yes);
  const Judge judge = Story{story}.ends(RunEnd::Reason::time, 60s).judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::truthful_reply).cut_short);
  // Nothing is pending any more, so no time would change it.
  CHECK(violated(Story{story}.judge()) == "truthful-reply");
}

TEST_CASE("truthful-reply: at the time limit it is judged if no client waits", "[properties]") {
  const Story story = Story{silent()}.request(0).receive(0, yes).ends(RunEnd::Reason::time, 60s);
  CHECK(violated(story.judge()) == "truthful-reply");
  CHECK(violated(Story{story}.clients_wait().judge()) == "");
}

TEST_CASE("truthful-reply: a run that was cut short leaves it unknown", "[properties]") {
  const Story story = Story{silent()}.request(0).hold(store, 0).receive(0, no);
  const Judge judge = Story{story}.ends(RunEnd::Reason::events, 1s).judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::truthful_reply).verdict == Verdict::unknown);
}

TEST_CASE("truthful-reply: ten times the longest timeout is enough to recover", "[properties]") {
  JudgeSetup setup = silent();
  setup.longest_timeout = 3s;
  const Story story = Story{setup}.request(0).receive(0, yes).ends(RunEnd::Reason::time, 60s);
  CHECK(violated(story.judge()) == "truthful-reply");
}

TEST_CASE("truthful-reply: the first of two findings is told", "[properties]") {
  const Judge judge =
      Story{silent()}.request(1).request(0).receive(1, yes).at(10ms).receive(0, yes).judge();
  CHECK(judge.tally(Property::truthful_reply).violations == 2);
  CHECK(judge.tally(Property::truthful_reply).first.order == sim::OrderId{0});
}

}  // namespace indoubt::properties::test
