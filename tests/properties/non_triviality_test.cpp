#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

namespace {

/// Both services have voted yes, and nothing hinders the order.
Story calmly_prepared() {
  Story story{voting()};
  story.calm().request(0).at(10ms).hold(store, 0).prepare(store, 0).hold(courier, 0);
  return story.prepare(courier, 0).at(20ms).vote(store, 0).vote(courier, 0);
}

Story& abort(Story& story) {
  story.decide(orders, 0, no).release(store, 0).decide(store, 0, no);
  return story.release(courier, 0).decide(courier, 0, no);
}

/// The coordinator aborts at `when`, and the client hears nothing: that is another property's.
Story aborted_at(Duration when) {
  Story story = calmly_prepared().at(when);
  return abort(story);
}

std::string with_abort(Story story) { return violated(abort(story).judge()); }

}  // namespace

TEST_CASE("non-triviality: an abort for no reason", "[properties]") {
  Story story = aborted_at(30ms);
  story.at(40ms).receive(0, yes);  // or else it is unfulfilled, too
  CHECK(violated(aborted_at(30ms).judge()) == "non-triviality fulfilment");
  CHECK(violated(story.judge()) == "non-triviality truthful-reply");
  CHECK(told(Property::non_triviality, story.judge()) ==
        "order 118: orders decided abort at 0.030s, although nothing hindered the order since its "
        "request at 0.000s");
}

TEST_CASE("non-triviality: it takes no unanimous vote: what was not asked for is missing, too",
          "[properties]") {
  const Judge judge = Story{voting()}.calm().request(0).at(30ms).decide(orders, 0, no).judge();
  CHECK(violated(judge) == "non-triviality fulfilment");
}

TEST_CASE("non-triviality: to decide nothing at all is not to commit", "[properties]") {
  const Judge judge = calmly_prepared().judge();
  CHECK(violated(judge) == "non-triviality fulfilment termination no-leak");
  CHECK(told(Property::non_triviality, judge) ==
        "order 118: nobody has decided, although nothing hindered the order since its request at "
        "0.000s");
}

TEST_CASE("non-triviality: an abort is one even if somebody else commits", "[properties]") {
  Story story = calmly_prepared().at(30ms).decide(orders, 0, yes).release(store, 0);
  story.decide(store, 0, no).release(courier, 0).decide(courier, 0, no);
  CHECK(violated(story.judge()) == "agreement non-triviality fulfilment");
}

TEST_CASE("non-triviality: what strikes before the abort is a reason, what comes later is none",
          "[properties]") {
  const std::string both = "non-triviality fulfilment";
  CHECK(with_abort(calmly_prepared().at(25ms).struck(0).at(30ms)) == "");
  CHECK(with_abort(calmly_prepared().at(25ms).struck(1).at(30ms)) == both);  // another order's
  CHECK(with_abort(calmly_prepared().at(25ms).late(0, 25ms).at(30ms)) == "");
  CHECK(with_abort(calmly_prepared().at(25ms).begins_late_force(courier).at(30ms)) == "");
  CHECK(with_abort(calmly_prepared().at(25ms).pause(store).resume(store).at(30ms)) == "");
  // The client heard nothing, so that a message was lost later hinders only the answer.
  CHECK(violated(aborted_at(30ms).at(31ms).struck(0).judge()) == "non-triviality");
  CHECK(violated(aborted_at(30ms).at(31ms).pause(store).resume(store).judge()) == "non-triviality");
  // A message that was handled after the abort, and waited since before it.
  CHECK(violated(aborted_at(30ms).at(3s).late(0, 29ms).judge()) == "");
  CHECK(violated(aborted_at(30ms).at(3s).late(0, 31ms).judge()) == "non-triviality");
}

TEST_CASE("non-triviality: it does not apply where nobody votes", "[properties]") {
  const Judge judge = Story{deciding()}.calm().request(0).at(30ms).decide(orders, 0, no).judge();
  CHECK(violated(judge) == "fulfilment");
  CHECK(judge.tally(Property::non_triviality).verdict == Verdict::unknown);
}

TEST_CASE("non-triviality: a run that was cut short leaves it unknown", "[properties]") {
  const Judge judge = aborted_at(30ms).ends(sim::EndReason::busy, 1s).judge();
  CHECK(judge.tally(Property::non_triviality).verdict == Verdict::unknown);
  CHECK(judge.tally(Property::non_triviality).cut_short);
}

TEST_CASE("non-triviality: what strikes between the answer and a later abort is a reason for that",
          "[properties]") {
  const auto guesses = [](bool is_struck) {
    Story story = calmly_prepared().at(30ms).decide(orders, 0, yes).receive(0, yes);
    story.assign(courier, 0).decide(courier, 0, yes).at(40ms);
    if (is_struck) story.struck(0);
    story.at(3s).release(store, 0).decide(store, 0, no);
    return violated(story.judge());
  };
  CHECK(guesses(true).find("non-triviality") == std::string::npos);
  CHECK(guesses(true).find("agreement") != std::string::npos);
  CHECK(guesses(false).find("non-triviality") != std::string::npos);
}

}  // namespace indoubt::properties::test
