#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// What a node that is down for good would put right is owed; what it would not is violated.
// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {
namespace {

/// Order 0 is placed, as its client knows; the courier is down before it can assign.
Story half_done() {
  Story story = Story{silent()}.request(0).at(10ms).hold(store, 0).hold(courier, 0);
  return story.receive(0, yes).at(20ms).assign(store, 0).crash(courier);
}

const std::string unmet = "atomicity truthful-reply no-leak";

}  // namespace

TEST_CASE("return: what is put right then is owed, by whom orders miss", "[properties]") {
  const Story story = half_done();
  const Judge judge =
      story.judge_with_return(Story{story}.at(60s).restart(courier).assign(courier, 0));
  CHECK(violated(judge) == "");
  CHECK(owed(judge) == unmet);
  CHECK(judge.tally(Property::truthful_reply).owed_by == courier);
  CHECK(judge.tally(Property::truthful_reply).cut_short == false);
}

TEST_CASE("return: what is not is violated, as if nobody were down", "[properties]") {
  const Story story = half_done();
  CHECK(violated(story.judge_with_return(Story{story}.at(60s).restart(courier))) == unmet);
  CHECK(owed(story.judge_with_return(Story{story}.at(60s).restart(courier))) == "");
  CHECK(violated(story.judge()) == unmet);  // nobody came back
}

TEST_CASE("return: a bound leaves open what is not met, and nothing else", "[properties]") {
  const Story story = half_done();
  for (const auto reason : {sim::EndReason::busy, sim::EndReason::events}) {
    const Story later = Story{story}.at(60s).restart(courier).ends(reason, 70s);
    const Judge judge = story.judge_with_return(later);
    CHECK(violated(judge) == "");
    CHECK(owed(judge) == "");
    CHECK(judge.tally(Property::truthful_reply).verdict == Verdict::unknown);
    CHECK(judge.tally(Property::truthful_reply).cut_short);
    CHECK(judge.tally(Property::quiescence).cut_short == false);
    CHECK(judge.tally(Property::durability).cut_short == false);
  }
  const Story still = Story{story}.at(60s).restart(courier).ends_still(courier, 0, 2, 70s);
  CHECK(violated(story.judge_with_return(still)) == unmet);
}

TEST_CASE("return: of two lost nodes one may put it right, the other not", "[properties]") {
  Story story = Story{silent()}.request(0).request(1).at(10ms).hold(store, 0).hold(courier, 1);
  story.crash(store).crash(courier);
  Story later = Story{story}.at(60s).restart(store).restart(courier).release(store, 0);
  const Judge judge = story.judge_with_return(later);
  CHECK(judge.tally(Property::no_leak).verdict == Verdict::violated);
  CHECK(judge.tally(Property::no_leak).violations == 1);
  CHECK(judge.tally(Property::no_leak).owed == 1);
  CHECK(judge.tally(Property::no_leak).first.order == sim::OrderId{1});
}

TEST_CASE("return: damage that was final before the loss stays a violation", "[properties]") {
  // The store gave a placed order's unit back, and only then somebody else went down.
  Story story = Story{silent()}.place(0).at(1s).release(store, 0);
  CHECK(violated(story.judge()) == unmet);
  story.at(2s).crash(courier);
  CHECK(violated(story.judge_with_return(Story{story}.at(60s).restart(courier))) == unmet);
  // That it was taken back is not even excused if the return gives it again.
  const Story later = Story{story}.at(60s).restart(courier).assign(store, 0);
  CHECK(violated(story.judge_with_return(later)) == "truthful-reply");
  CHECK(owed(story.judge_with_return(later)) == "atomicity no-leak");
}

TEST_CASE("return: an order that leaks for good in one service and is owed in another leaks",
          "[properties]") {
  Story story = Story{silent()}.request(0).at(10ms).hold(store, 0, 1).hold(courier, 0, 2);
  story.crash(store);
  const Story later = Story{story}.at(60s).restart(store).release(store, 0, 1);
  const Judge judge = story.judge_with_return(later);
  CHECK(violated(judge) == "no-leak");
  CHECK(owed(judge) == "");
  // What is told is what stays, not what the store would have put right.
  CHECK(told(Property::no_leak, judge) ==
        "order 118: courier has held unit 2 for it since 0.010s, and nothing will free it");
  CHECK(owed(story.judge_with_return(Story{later}.release(courier, 0, 2))) == "no-leak");
}

TEST_CASE("return: what goes wrong only then is not told of the run", "[properties]") {
  const Story story = half_done();
  // It assigns, and leaks a unit for another order, which was fine before.
  Story later = Story{story}.at(60s).restart(courier).assign(courier, 0);
  later.request(1).hold(courier, 1, 1);
  CHECK(violated(story.judge_with_return(later)) == "");
  // What is unmet now, and is unmet in another way then, is not met: nothing later than the run is
  // told of it.
  Story worse = Story{story}.at(60s).restart(courier).assign(courier, 0).at(61s).release(store, 0);
  const Judge judge = story.judge_with_return(worse);
  CHECK(violated(judge) == unmet);
  CHECK(judge.tally(Property::no_leak).first.since == TrueTime{20ms});
}

TEST_CASE("return: a node that orders do not need owes only if nobody else does", "[properties]") {
  JudgeSetup setup = silent();
  setup.names.emplace_back("bystander");
  Story story = Story{setup}.request(0).at(10ms).hold(store, 0).crash(NodeId{4});
  const auto owed_by = [](const Story& told) {
    Story later = Story{told}.at(60s).release(store, 0);
    return told.judge_with_return(later).tally(Property::no_leak).owed_by;
  };
  CHECK(owed_by(story) == NodeId{4});
  setup.names = {"client", "bystander", "store", "courier", "orders"};
  setup.coordinator = NodeId{4};
  story = Story{setup}.request(0).at(10ms).hold(store, 0).crash(NodeId{1}).crash(NodeId{4});
  CHECK(owed_by(story) == NodeId{4});
}

TEST_CASE("return: a run that was cut short itself has nothing to put right", "[properties]") {
  const Story story = half_done().ends(sim::EndReason::busy, 1s);
  const Judge judge = story.judge();
  CHECK(violated(judge) == "");
  CHECK_FALSE(judge.report().has_unmet());
  CHECK(judge.tally(Property::truthful_reply).cut_short);
}

}  // namespace indoubt::properties::test
