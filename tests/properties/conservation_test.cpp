#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

TEST_CASE("conservation: a unit is freed by an order that does not have it", "[properties]") {
  const Judge judge = Story{silent()}.request(0).at(10ms).release(store, 0, 2).judge();
  CHECK(violated(judge) == "conservation");
  CHECK(unknown(judge) ==
        no_decisions + " truthful-reply reservation-expiry exclusive-hold durability");
  CHECK(told(Property::conservation, judge) ==
        "order 118: store freed unit 2 for it at 0.010s, which it did not have");
}

TEST_CASE("conservation: a unit is freed twice", "[properties]") {
  const Judge judge =
      Story{silent()}.request(0).hold(store, 0).release(store, 0).expire(store, 0).judge();
  CHECK(violated(judge) == "conservation");
}

TEST_CASE("conservation: a unit that the stock does not have", "[properties]") {
  const Judge judge = Story{silent()}.request(0).at(10ms).hold(store, 0, 4).judge();
  CHECK(violated(judge) == "conservation");
  CHECK(unknown(judge) == no_decisions +
                              " truthful-reply reservation-expiry exclusive-hold durability "
                              "isolation");
  CHECK(told(Property::conservation, judge) ==
        "order 118: store changed unit 4 at 0.010s, which its stock does not have");
}

TEST_CASE("conservation: a sold unit expires", "[properties]") {
  // A sweeper that writes blindly: the client was told placed, and loses a unit.
  const Judge judge = Story{silent()}.place(0).at(1s).expire(store, 0).judge();
  CHECK(violated(judge) == "atomicity truthful-reply no-leak conservation");
  CHECK(told(Property::conservation, judge) ==
        "order 118: store let unit 0 expire at 1.000s, although it was assigned");
}

TEST_CASE("conservation: a unit is sold twice", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .request(1)
                          .at(10ms)
                          .assign(store, 0)
                          .assign(store, 1)
                          .assign(courier, 1)
                          .judge();
  CHECK(violated(judge) == "exclusive-hold conservation isolation");
  CHECK(told(Property::conservation, judge) ==
        "order 119: store assigned unit 0 to it at 0.010s, while it was assigned to order 118");
  CHECK(told(Property::isolation, judge) ==
        "order 119: store assigned unit 0 to it at 0.010s, and so took it from order 118");
  CHECK(judge.metrics().isolation.lost_updates == 1);
}

TEST_CASE("conservation: a sweeper may speak for whoever has the unit", "[properties]") {
  const auto judge_of = [](const Story& story) {
    sim::History facts = story.facts();
    for (sim::Fact& fact : facts) {
      if (fact.kind == sim::FactKind::expired) fact.order = sim::no_order;
    }
    Judge judge{story.setup()};
    judge.read(facts);
    judge.finish(story.end());
    return judge;
  };
  const Story story = Story{silent()}.request(0).hold(store, 0, 0, 1s).at(1s).expire(store, 0);
  CHECK(violated(judge_of(story)) == "");
  CHECK(judge_of(story).ledger().claim(sim::OrderId{0}, 0).held == 0);
  CHECK(violated(judge_of(Story{story}.expire(store, 0))) == "conservation");
}

TEST_CASE("conservation: an order frees what another one has", "[properties]") {
  const Judge judge =
      Story{silent()}.request(0).request(1).hold(store, 0).at(10ms).release(store, 1).judge();
  CHECK(violated(judge) == "conservation");
  CHECK(judge.ledger().claim(sim::OrderId{0}, 0).held == 0);
}

}  // namespace indoubt::properties::test
