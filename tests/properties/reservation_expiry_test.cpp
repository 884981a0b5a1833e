#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

namespace {

/// One hold of a second, by a node whose sweeper looks every 100ms: over by 2.1s after the hold.
Story held() { return Story{silent()}.request(0).hold(store, 0, 0, 1s); }

}  // namespace

TEST_CASE("reservation-expiry: a hold that ends too late", "[properties]") {
  const Judge judge = held().at(2101ms).expire(store, 0).judge();
  CHECK(violated(judge) == "reservation-expiry");
  CHECK(unknown(judge) == no_decisions + " truthful-reply durability");
  CHECK(told(Property::reservation_expiry, judge) ==
        "order 118: store held unit 0 from 0.000s until 2.101s, longer than its expiry allows");
  CHECK(violated(held().at(2100ms).expire(store, 0).judge()) == "");
}

TEST_CASE("reservation-expiry: nobody is excused for a hold that ended too late", "[properties]") {
  const Judge judge = held().at(3s).expire(store, 0).crash(orders).judge();
  CHECK(violated(judge) == "reservation-expiry");
}

TEST_CASE("reservation-expiry: drift and jumps of the clock stretch a hold", "[properties]") {
  // 100'000ppm for 3s are 300ms; jumps of +200ms and -100ms are 300ms.
  const auto story = [](Duration end) {
    return held()
        .set_clock(store, 0ms, -100'000'000)
        .at(500ms)
        .set_clock(store, 200ms, -100'000'000)
        .at(600ms)
        .set_clock(store, -100ms, -100'000'000)
        .at(end)
        .expire(store, 0);
  };
  CHECK(violated(story(2100ms + 300ms + 266ms).judge()) == "");
  CHECK(violated(story(2100ms + 300ms + 267ms).judge()) == "reservation-expiry");
}

TEST_CASE("reservation-expiry: what is ahead of the sweep in the inbox stretches a hold",
          "[properties]") {
  const auto story = [](NodeId busy, Duration end) {
    return held().at(4s).late(1, 1s, busy).late(2, 1s, busy).at(end).expire(store, 0);
  };
  CHECK(violated(story(store, 2100ms + 3s).judge()) == "");
  CHECK(violated(story(store, 2101ms + 3s).judge()) == "reservation-expiry");
  CHECK(violated(story(courier, 2100ms + 3s).judge()) == "reservation-expiry");
}

TEST_CASE("reservation-expiry: what a pause held back has its expiry from the clock before it",
          "[properties]") {
  const auto story = [](Duration end) {
    return Story{silent()}
        .request(0)
        .pause(store)
        .set_clock(store, -10s, 0)
        .at(1ms)
        .resume(store)
        .hold(store, 0, 0, 1s)
        .at(end)
        .expire(store, 0);
  };
  CHECK(violated(story(2101ms + 10s).judge()) == "");
  CHECK(violated(story(2102ms + 10s).judge()) == "reservation-expiry");
}

TEST_CASE("reservation-expiry: work holds up no sweep", "[properties]") {
  const Story story = held().at(4s).worked(1, 1s, store).at(4001ms).expire(store, 0);
  CHECK(violated(story.judge()) == "reservation-expiry");
}

TEST_CASE("reservation-expiry: what a clock did before the hold does not count", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .set_clock(store, 10s, 500'000'000)
                          .at(10s)
                          .set_clock(store, -3s, 0)
                          .pause(store)
                          .at(20s)
                          .resume(store)
                          .hold(store, 0, 0, 1s)
                          .at(22101ms)
                          .expire(store, 0)
                          .judge();
  CHECK(violated(judge) == "reservation-expiry");
}

TEST_CASE("reservation-expiry: one machine has one clock", "[properties]") {
  const auto judge = [](std::vector<NodeId> machines) {
    JudgeSetup setup = silent();
    setup.machines = std::move(machines);
    Story story{setup};
    story.request(0).hold(store, 0, 0, 1s).at(1s).set_clock(courier, 5s, 0);
    return story.set_clock(store, 5s, 0).at(7500ms).expire(store, 0).judge();
  };
  CHECK(violated(judge({})) == "reservation-expiry");  // 7.1s are allowed
  CHECK(violated(judge({client, orders, store, store})) == "reservation-expiry");
}

TEST_CASE("reservation-expiry: two jumps are two, even if they are equal", "[properties]") {
  const auto judge = [](NodeId second) {
    JudgeSetup setup = silent();
    setup.machines = {client, orders, store, store};
    Story story{setup};
    story.request(0).hold(store, 0, 0, 1s).at(1s).set_clock(store, 5s, 0);
    return story.set_clock(second, 5s, 0).at(12s).expire(store, 0).judge();
  };
  CHECK(violated(judge(courier)) == "reservation-expiry");  // one jump, told by both
  CHECK(violated(judge(store)) == "");
}

TEST_CASE("reservation-expiry: a jump of the host's clock is one of its guests' too",
          "[properties]") {
  JudgeSetup setup = silent();
  setup.machines = {client, orders, store, store};
  Story story{setup};
  story.request(0).hold(courier, 0, 0, 1s).at(1s).set_clock(store, 5s, 0);
  CHECK(violated(story.at(7s).expire(courier, 0).judge()) == "");
}

TEST_CASE("reservation-expiry: time down or paused does not count", "[properties]") {
  const Judge judge = held()
                          .at(500ms)
                          .crash(store)
                          .at(1500ms)
                          .restart(store)
                          .pause(store)
                          .at(2s)
                          .pause(store)
                          .at(3s)
                          .resume(store)
                          .at(4s)
                          .resume(store)
                          .at(5600ms)
                          .expire(store, 0)
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(violated(held().pause(store).at(1s).resume(store).at(3101ms).expire(store, 0).judge()) ==
        "reservation-expiry");
}

TEST_CASE("reservation-expiry: time in which a force takes long does not count", "[properties]") {
  // 1s to live, 100ms, 1s, and 400ms in which the node could write nothing.
  const auto judge = [](Story& (Story::*begin)(NodeId), Duration end) {
    Story story = held();
    (story.at(100ms).*begin)(store);
    return story.at(500ms).disk_is_sound(store).at(end).expire(store, 0).judge();
  };
  CHECK(violated(judge(&Story::begins_late_force, 2500ms)) == "");
  CHECK(violated(judge(&Story::begins_late_force, 2501ms)) == "reservation-expiry");
  // A disk that is slow, and does what it is asked to in time, is no excuse.
  CHECK(violated(judge(&Story::disk_is_slow, 2101ms)) == "reservation-expiry");
}

TEST_CASE("reservation-expiry: a crash ends a pause", "[properties]") {
  // 1s to live, 100ms, 1s, and 400ms during which the node was paused or down.
  const auto judge = [](Duration end) {
    return held()
        .at(100ms)
        .pause(store)
        .at(300ms)
        .crash(store)
        .at(500ms)
        .restart(store)
        .at(end)
        .expire(store, 0)
        .judge();
  };
  CHECK(violated(judge(2500ms)) == "");
  CHECK(violated(judge(2501ms)) == "reservation-expiry");
}

TEST_CASE("reservation-expiry: pauses end when faults do", "[properties]") {
  const Judge judge = held().pause(store).at(1s).quiet().at(4s).expire(store, 0).judge();
  CHECK(violated(judge) == "reservation-expiry");
}

TEST_CASE("reservation-expiry: a hold that stays is forgotten, or owed", "[properties]") {
  const Judge judge = held().judge();
  CHECK(violated(judge) == "reservation-expiry no-leak");
  CHECK(told(Property::reservation_expiry, judge) ==
        "order 118: store has held unit 0 since 0.000s, past its expiry");
  CHECK(judge.metrics().max_hold.time == 60s);
  const Story story = held().at(10ms).crash(orders);
  const Story later = Story{story}.at(60s).restart(orders).release(store, 0);
  CHECK(owed(story.judge_with_return(later)) == "no-leak");  // it is released, but too late
  CHECK(violated(story.judge_with_return(later)) == "reservation-expiry");
}

TEST_CASE("reservation-expiry: a dead node's hold does not age", "[properties]") {
  const Story story = held().at(10ms).crash(store);
  const Judge judge =
      story.judge_with_return(Story{story}.at(60s).restart(store).at(61s).expire(store, 0));
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::reservation_expiry).verdict == Verdict::holds);
  CHECK(judge.tally(Property::no_leak).owed == 1);
}

TEST_CASE("reservation-expiry: in a busy run a hold that is not due yet is none's fault",
          "[properties]") {
  const auto judge = [](Duration end) { return held().ends(sim::EndReason::busy, end).judge(); };
  CHECK(violated(judge(2100ms)) == "");
  CHECK(violated(judge(2101ms)) == "reservation-expiry");
}

TEST_CASE("reservation-expiry: an assignment at the expiry is also of a dead hold",
          "[properties]") {
  const auto judge = [](Duration when) {
    return Story{silent()}
        .set_clock(store, 300ms, 0)
        .request(0)
        .hold(store, 0, 0, 1s)
        .hold(courier, 0, 0, 1s)
        .at(when)
        .assign(store, 0)
        .assign(courier, 0)
        .judge();
  };
  CHECK(violated(judge(999ms)) == "");
  CHECK(violated(judge(1s)) == "reservation-expiry exclusive-hold");
  CHECK(told(Property::exclusive_hold, judge(1s)) ==
        "order 118: store assigned unit 0 to it at 1.000s, when its hold of 0.000s had run out");
  CHECK(told(Property::reservation_expiry, judge(1s)) ==
        "order 118: store assigned unit 0 at 1.000s, when its clock had reached the hold's expiry");
}

TEST_CASE("reservation-expiry: the node's clock decides, not true time", "[properties]") {
  const auto judge = [](Duration jump) {
    return Story{silent()}
        .request(0)
        .hold(store, 0, 0, 1s)
        .hold(courier, 0, 0, 1s)
        .at(500ms)
        .set_clock(store, jump, 0)
        .assign(courier, 0)
        .at(900ms)
        .assign(store, 0)
        .judge();
  };
  CHECK(violated(judge(50ms)) == "");
  CHECK(violated(judge(100ms)) == "reservation-expiry exclusive-hold");
}

TEST_CASE("reservation-expiry: a hold that a crash lost never was, one restored goes on",
          "[properties]") {
  CHECK(violated(Story{silent()}
                     .request(0)
                     .unforced()
                     .hold(store, 0, 0, 1s)
                     .crash(store)
                     .at(1s)
                     .restart(store)
                     .judge()) == "");
  CHECK(violated(held()
                     .at(1s)
                     .unforced()
                     .expire(store, 0)
                     .crash(store)
                     .restart(store)
                     .at(2101ms)
                     .expire(store, 0)
                     .judge()) == "reservation-expiry");
}

TEST_CASE("reservation-expiry: a hold that ran out and came back has to run out once more",
          "[properties]") {
  const Story lost = held().at(1s).unforced().expire(store, 0).at(2500ms).crash(store);
  for (const auto down : {1ms, 500ms, 2000ms, 9000ms}) {
    const auto up = 2500ms + down;
    CHECK(violated(Story{lost}.at(up).restart(store).expire(store, 0).judge()) == "");
    CHECK(violated(Story{lost}.at(up).restart(store).at(up + 1200ms).expire(store, 0).judge()) ==
          "reservation-expiry");
  }
}

TEST_CASE("reservation-expiry: holds without an expiry are not judged", "[properties]") {
  const Judge judge = Story{silent()}.request(0).hold(store, 0).at(50s).release(store, 0).judge();
  CHECK(judge.tally(Property::reservation_expiry).verdict == Verdict::unknown);
}

TEST_CASE("reservation-expiry: a run that was cut short leaves it unknown", "[properties]") {
  const Judge judge = held().at(1s).expire(store, 0).ends(sim::EndReason::events, 1s).judge();
  CHECK(judge.tally(Property::reservation_expiry).verdict == Verdict::unknown);
}

}  // namespace indoubt::properties::test
