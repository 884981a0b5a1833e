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
  const Judge judge = Story{deciding()}
                          .request(0)
                          .at(10ms)
                          .assign(store, 0)
                          .decide(orders, 0, no)
                          .crash(store)
                          .at(20ms)
                          .receive(0, no)
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::no_leak).owed_by == store);
  CHECK(judge.tally(Property::truthful_reply).owed == 1);
  CHECK(judge.tally(Property::atomicity).owed == 1);
}

TEST_CASE("no-leak: a service that orders do not need owes nothing", "[properties]") {
  JudgeSetup setup = silent();
  setup.services.insert(setup.services.begin(), {NodeId{4}, {{4, 0}}});
  setup.names.emplace_back("depot");
  const Story story = Story{setup}.request(0).hold(store, 0).crash(NodeId{4});
  CHECK(violated(story.judge()) == "no-leak");
  CHECK(Story{story}.crash(courier).judge().tally(Property::no_leak).owed_by == courier);
}

}  // namespace indoubt::properties::test
