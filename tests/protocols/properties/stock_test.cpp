#include "tests/protocols/properties/story.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::properties::test {

TEST_CASE("exclusive-hold: a unit that somebody holds is given to another", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0).request(1)
                          .at(10ms).hold(store, 0)
                          .at(20ms).hold(store, 1)
                          .at(30ms).release(store, 1)
                          .judge();
  CHECK(violated(judge) == "exclusive-hold");
  CHECK(unknown(judge) == no_decisions + " truthful-reply reservation-expiry durability");
  CHECK(told(Property::exclusive_hold, judge) ==
        "order 119: store gave it unit 0 at 0.020s, which order 118 had since 0.010s");
}

TEST_CASE("exclusive-hold: it is found whatever becomes of the record", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0).request(1)
                          .hold(store, 0).unforced().hold(store, 1).crash(store).restart(store)
                          .at(10ms).release(store, 0)
                          .judge();
  CHECK(violated(judge) == "exclusive-hold");
}

TEST_CASE("exclusive-hold: an expired hold may be taken over without a word", "[properties]") {
  const auto judge = [](Duration when) {
    return Story{silent()}
        .request(0).request(1)
        .hold(store, 0, 0, 1s)
        .at(when).hold(store, 1, 0, 1s)
        .at(when + 1s).expire(store, 1)
        .judge();
  };
  CHECK(violated(judge(1s)) == "");
  CHECK(violated(judge(999ms)) == "exclusive-hold");
}

TEST_CASE("exclusive-hold: an order assigns any held row", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0).request(1)
                          .at(10ms).hold(store, 0, 0).hold(store, 1, 1)
                          .hold(courier, 0, 0).hold(courier, 1, 1)
                          .at(20ms).assign(store, 1, 0).assign(courier, 1, 1)
                          .at(30ms).assign(store, 0, 1).assign(courier, 0, 0)
                          .judge();
  CHECK(violated(judge) == "exclusive-hold isolation");
  CHECK(judge.tally(Property::exclusive_hold).violations == 2);
  CHECK(judge.metrics().isolation.fuzzy_reads == 1);  // the second lost what it had read
}

TEST_CASE("exclusive-hold: an order assigns what it no longer holds", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .at(10ms).hold(store, 0).release(store, 0)
                          .at(20ms).assign(store, 0).assign(courier, 0)
                          .judge();
  CHECK(violated(judge) == "exclusive-hold");
  CHECK(judge.tally(Property::exclusive_hold).first.reason == Reason::assigned_without_hold);
}

TEST_CASE("exclusive-hold: a saga assigns without holding, also what ran out", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0).request(1)
                          .hold(store, 1, 0, 1s)
                          .at(1s).assign(store, 0).assign(courier, 0)
                          .judge();
  CHECK(violated(judge) == "");
}

TEST_CASE("exclusive-hold: a hold that a crash lost binds nobody", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0).request(1)
                          .unforced().hold(store, 0).crash(store).restart(store)
                          .at(10ms).hold(store, 1)
                          .at(20ms).release(store, 1).assign(store, 0).assign(courier, 0)
                          .judge();
  CHECK(violated(judge) == "");
}

TEST_CASE("exclusive-hold: locks that a restart forgot", "[properties]") {
  // The hold was forced, so it is still the order's when another one takes the unit.
  const Judge judge = Story{silent()}
                          .request(0).request(1)
                          .hold(store, 0).crash(store).restart(store)
                          .at(10ms).hold(store, 1)
                          .at(20ms).release(store, 1)
                          .judge();
  CHECK(violated(judge) == "exclusive-hold");
}

TEST_CASE("exclusive-hold: an assignment told twice is one", "[properties]") {
  const Judge judge = Story{silent()}.place(0).at(1s).assign(store, 0).assign(store, 0).judge();
  CHECK(violated(judge) == "");
}

TEST_CASE("exclusive-hold: an order may renew its own hold", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .hold(store, 0, 0, 1s).hold(courier, 0, 0, 1s)
                          .at(900ms).hold(store, 0, 0, 1s).assign(courier, 0)
                          .at(1500ms).assign(store, 0)
                          .judge();
  CHECK(violated(judge) == "");
}

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
                          .at(10ms).assign(store, 0).decide(orders, 0, no).crash(store)
                          .at(20ms).receive(0, no)
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::no_leak).owed_by == store);
  CHECK(judge.tally(Property::truthful_reply).owed == 1);
  CHECK(judge.tally(Property::atomicity).owed == 1);
}

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
  CHECK(told(Property::conservation, judge) ==
        "order 118: store changed unit 4 at 0.010s, which its stock does not have");
}

TEST_CASE("conservation: a sold unit expires", "[properties]") {
  // A sweeper that writes blindly: the client was told placed, and loses a unit.
  const Judge judge = Story{silent()}.place(0).at(1s).expire(store, 0).judge();
  CHECK(violated(judge) == "atomicity truthful-reply no-leak conservation");
  CHECK(judge.tally(Property::conservation).first.reason == Reason::expired_though_assigned);
}

TEST_CASE("conservation: a unit is sold twice", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0).request(1)
                          .at(10ms).assign(store, 0).assign(store, 1).assign(courier, 1)
                          .judge();
  CHECK(violated(judge) == "exclusive-hold conservation isolation");
  CHECK(judge.tally(Property::conservation).first.reason == Reason::assigned_twice);
  CHECK(judge.metrics().isolation.lost_updates == 1);
}

TEST_CASE("conservation: a sweeper may speak for whoever has the unit", "[properties]") {
  Story story = Story{silent()}.request(0).hold(store, 0, 0, 1s).at(1s).expire(store, 0);
  sim::History facts = story.facts();
  for (sim::Fact& fact : facts) {
    if (fact.kind == sim::FactKind::expired) fact.order = sim::no_order;
  }
  Judge judge{story.setup()};
  judge.read(facts);
  judge.finish(story.end());
  CHECK(violated(judge) == "");
  CHECK(judge.ledger().claim(sim::OrderId{0}, 0).held == 0);
}

}  // namespace indoubt::properties::test
