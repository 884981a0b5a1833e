#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

TEST_CASE("no-leak: a hold that nobody frees", "[properties]") {
  const Judge judge = Story{silent()}.request(0).at(10ms).hold(store, 0, 3).judge();
  CHECK(violated(judge) == "no-leak");
  CHECK(unknown(judge) == no_decisions + " truthful-reply reservation-expiry durability");
  CHECK(told(Property::no_leak, judge) ==
        "order 118: store has held unit 3 for it since 0.010s, and nothing will free it");
}

TEST_CASE("no-leak: it is the unit's order that leaks", "[properties]") {
  const Judge judge = Story{silent()}.place(0).at(1s).request(1).hold(courier, 1, 1).judge();
  CHECK(violated(judge) == "no-leak");
  CHECK(judge.tally(Property::no_leak).first.order == sim::OrderId{1});
  CHECK(judge.tally(Property::no_leak).first.node == courier);
}

TEST_CASE("no-leak: what a crash lost does not leak, and what it kept does", "[properties]") {
  const auto judge = [](bool forced) {
    Story story{silent()};
    story.request(0);
    if (!forced) story.unforced();
    return story.hold(store, 0).crash(store).restart(store).judge();
  };
  CHECK(violated(judge(false)) == "");
  CHECK(violated(judge(true)) == "no-leak");
}

TEST_CASE("no-leak: a saga whose compensations cannot reach a dead service is owed",
          "[properties]") {
  Story story = Story{deciding()}.request(0).at(10ms).assign(store, 0).decide(orders, 0, no);
  story.crash(store).at(20ms).receive(0, no);
  const Story later = Story{story}.at(60s).restart(store).release(store, 0);
  const Judge judge = story.judge_with_return(later);
  CHECK(violated(judge) == "");
  CHECK(owed(judge) == "atomicity truthful-reply no-leak");
  CHECK(judge.tally(Property::no_leak).owed_by == store);
}

TEST_CASE("no-leak: a service that orders do not need owes nothing", "[properties]") {
  JudgeSetup setup = silent();
  setup.services.insert(setup.services.begin(), {NodeId{4}, {{4, 0}}});
  setup.names.emplace_back("depot");
  Story story = Story{setup}.request(0).hold(store, 0).crash(NodeId{4});
  CHECK(violated(story.judge_with_return(Story{story}.restart(NodeId{4}))) == "no-leak");
  story.crash(courier);
  const Story later = Story{story}.restart(NodeId{4}).restart(courier).release(store, 0);
  CHECK(story.judge_with_return(later).tally(Property::no_leak).owed_by == courier);
}

TEST_CASE("no-leak: part of an order, and an order that was not placed", "[properties]") {
  const Judge part = Story{silent()}.request(0).at(10ms).assign(store, 0).judge();
  CHECK(violated(part) == "atomicity no-leak");
  CHECK(told(Property::no_leak, part) ==
        "order 118: store has assigned unit 0 to it (at 0.010s), but it has not all its units");
  Story whole = Story{silent()}.request(0).at(10ms).assign(store, 0).assign(courier, 0);
  CHECK(violated(whole.judge()) == "");  // its client knows nothing
  whole.receive(0, no);
  CHECK(violated(whole.judge()) == "truthful-reply no-leak");
  CHECK(told(Property::no_leak, whole.judge()) ==
        "order 118: store has assigned unit 0 to it (at 0.010s), but the client was told not "
        "placed");
}

TEST_CASE("no-leak: a lock that the abort forgot", "[properties]") {
  const Story story = Story{voting()}.request(0).at(10ms).lock(store, 0, 2).decide(orders, 0, no);
  CHECK(violated(story.judge()) == "no-leak");
  CHECK(told(Property::no_leak, story.judge()) ==
        "order 118: store has locked unit 2 for it in memory, and nothing will unlock it");
  CHECK(violated(Story{story}.unlock(store, 0, 2).judge()) == "");
  CHECK(violated(Story{story}.unlock(store, 1, 2).judge()) == "no-leak");  // not its own
  CHECK(violated(Story{story}.unlock(store, 0, 1).judge()) == "no-leak");
}

TEST_CASE("no-leak: a lock that a crash lost is none, and only that service's", "[properties]") {
  Story story = Story{voting()}.request(0).at(10ms).lock(store, 0).lock(courier, 0);
  story.decide(orders, 0, no).at(20ms).crash(store).restart(store);
  const Judge judge = story.judge();
  CHECK(violated(judge) == "no-leak");
  CHECK(judge.tally(Property::no_leak).first.node == courier);
  CHECK(violated(story.crash(courier).restart(courier).judge()) == "");
}

TEST_CASE("no-leak: what is held or sold is on record, so its lock is none", "[properties]") {
  const Story held = Story{voting()}.request(0).at(10ms).lock(store, 0).hold(store, 0);
  CHECK(violated(Story{held}.decide(orders, 0, no).release(store, 0).judge()) == "");
  CHECK(violated(Story{held}.lock(store, 1).release(store, 0).judge()) == "no-leak");
  CHECK(violated(Story{voting()}
                     .request(0)
                     .lock(store, 0)
                     .hold(store, 0, 1)
                     .release(store, 0, 1)
                     .judge()) == "no-leak");  // of another unit
  Story story = Story{silent()}.request(0).at(10ms).lock(store, 0).assign(store, 0);
  CHECK(violated(story.assign(courier, 0).judge()) == "");
}

}  // namespace indoubt::properties::test
