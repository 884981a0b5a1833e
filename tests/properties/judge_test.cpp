#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

TEST_CASE("judge: facts of nodes and orders that it does not know are no facts", "[properties]") {
  const Judge judge = Story{voting()}
                          .place(0)
                          .hold(orders, 0)
                          .vote(orders, 0, no)
                          .refuse(client, 0)
                          .request(17)
                          .vote(store, 17)
                          .decide(orders, 17, no)
                          .reply(17, yes)
                          .receive(17, yes)
                          .refuse(store, 17)
                          .judge();
  CHECK(violated(judge) == "");
}

TEST_CASE("judge: messages that arrive twice change nothing", "[properties]") {
  const Judge judge = Story{voting()}
                          .place(0)
                          .at(100ms)
                          .vote(store, 0)
                          .vote(courier, 0)
                          .reply(0, yes)
                          .receive(0, yes)
                          .assign(store, 0)
                          .decide(store, 0, yes)
                          .decide(orders, 0, yes)
                          .judge();
  CHECK(violated(judge) == "");
}

TEST_CASE("judge: an order that is placed violates nothing (atomic commitment)", "[properties]") {
  const Judge judge = Story{voting()}.calm().place(0).judge();
  CHECK(violated(judge) == "");
  CHECK(unknown(judge) == "truthful-refusal reservation-expiry");
}

TEST_CASE("judge: an order that is placed violates nothing (nobody votes)", "[properties]") {
  const Judge judge = Story{deciding()}.calm().place(0).judge();
  CHECK(violated(judge) == "");
  CHECK(unknown(judge) ==
        "agreement validity non-triviality truthful-refusal non-blocking reservation-expiry");
}

TEST_CASE("judge: an order that is placed violates nothing (nobody decides)", "[properties]") {
  const Judge judge = Story{silent()}.calm().place(0).judge();
  CHECK(violated(judge) == "");
  CHECK(unknown(judge) ==
        "agreement stability validity non-triviality truthful-refusal termination non-blocking "
        "reservation-expiry");
}

TEST_CASE("judge: an order that aborts cleanly violates nothing", "[properties]") {
  JudgeSetup setup = voting();
  setup.services[1].items = {{0, 1}};
  const Judge judge = Story{setup}
                          .calm()
                          .request(0)
                          .at(10ms)
                          .hold(store, 0)
                          .prepare(store, 0)
                          .vote(store, 0)
                          .refuse(courier, 0)
                          .vote(courier, 0, no)
                          .at(20ms)
                          .decide(orders, 0, no)
                          .reply(0, no)
                          .at(30ms)
                          .release(store, 0)
                          .decide(store, 0, no)
                          .receive(0, no)
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(unknown(judge) == "non-triviality fulfilment reservation-expiry");
}

TEST_CASE("judge: a saga that is compensated violates nothing", "[properties]") {
  JudgeSetup setup = deciding();
  setup.services[1].items = {{0, 1}};
  const Judge judge = Story{setup}
                          .calm()
                          .request(0)
                          .at(10ms)
                          .assign(store, 0)
                          .at(20ms)
                          .refuse(courier, 0)
                          .at(30ms)
                          .decide(orders, 0, no)
                          .at(40ms)
                          .release(store, 0)
                          .reply(0, no)
                          .at(50ms)
                          .receive(0, no)
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(unknown(judge) ==
        "agreement validity non-triviality fulfilment non-blocking reservation-expiry "
        "exclusive-hold");
}

TEST_CASE("judge: a run without orders checks only conservation", "[properties]") {
  const Judge judge = Story{voting()}.judge();
  CHECK(with(Verdict::holds, judge) == "conservation");
  CHECK(violated(judge) == "");
}

TEST_CASE("judge: an untold client's order may be wholly assigned", "[properties]") {
  const Judge judge = Story{deciding()}
                          .request(0)
                          .at(10ms)
                          .hold(store, 0)
                          .hold(courier, 0)
                          .decide(orders, 0, yes)
                          .at(20ms)
                          .assign(store, 0)
                          .assign(courier, 0)
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::no_leak).verdict == Verdict::holds);
  CHECK(judge.tally(Property::truthful_reply).verdict == Verdict::unknown);
}

TEST_CASE("judge: starting anew leaves nothing of the run before", "[properties]") {
  Story story{voting()};
  story.place(0).crash(store).at(1s).assign(courier, 1, 7).release(store, 2);
  Judge judge{story.setup()};
  const Judge fresh = judge;
  judge.read(story.facts());
  judge.finish(story.end());
  CHECK(violated(judge) != "");
  CHECK_FALSE(judge == fresh);
  judge.reset();
  CHECK(judge == fresh);
  judge.finish({});
  CHECK(with(Verdict::holds, judge) == "conservation");
  CHECK(violated(judge) == "");
}

TEST_CASE("judge: a copy in the middle of a run goes on by itself", "[properties]") {
  const Story story = Story{voting()}.place(0).at(1s).place(1, 1);
  Judge judge{story.setup()};
  const std::span<const sim::Fact> facts{story.facts()};
  judge.read(facts.first(9));
  Judge copy = judge;
  CHECK(copy == judge);
  copy.read(facts.subspan(9));
  copy.finish(story.end());
  Judge whole{story.setup()};
  whole.read(facts);
  whole.finish(story.end());
  CHECK(violated(copy) == violated(whole));
  CHECK(unknown(copy) == unknown(whole));
  CHECK(copy.metrics() == whole.metrics());
  judge.finish(story.end());
  CHECK(violated(judge) != "");
}

TEST_CASE("judge: a run that was cut short says so where it matters", "[properties]") {
  const auto cut_short = [](const Judge& judge) {
    std::string names;
    for (const PropertyDecl& doc : property_decls()) {
      if (judge.tally(doc.property).cut_short) names += std::string{doc.name} + ' ';
    }
    return names;
  };
  const std::string at_rest =
      "atomicity non-triviality fulfilment quiescence termination "
      "non-blocking truthful-reply no-leak durability ";
  const Story story = Story{voting()}.place(0);
  CHECK(cut_short(Story{story}.judge()) == "");
  CHECK(cut_short(Story{story}.ends_still(store, 0, 2, 60s).judge()) == "");
  CHECK(cut_short(Story{story}.ends(sim::EndReason::busy, 1s).judge()) == at_rest);
  CHECK(cut_short(Story{story}.ends(sim::EndReason::events, 1s).judge()) == at_rest);
  // What a family cannot violate, its runs cannot leave open.
  CHECK(cut_short(Story{publishing()}.place(0).ends(sim::EndReason::busy, 1s).judge()) ==
        "atomicity fulfilment quiescence termination truthful-reply reservation-expiry no-leak "
        "durability no-loss no-ghost ");
  CHECK(cut_short(Story{silent()}.place(0).ends(sim::EndReason::busy, 1s).judge()) ==
        "atomicity fulfilment quiescence truthful-reply reservation-expiry no-leak durability ");
}

TEST_CASE("judge: what a family cannot violate does not apply to it", "[properties]") {
  const auto missing = [](const JudgeSetup& setup) {
    std::string names;
    for (const PropertyDecl& decl : property_decls()) {
      if (!Judge{setup}.applicable().has(decl.property)) names += std::string{decl.name} + ' ';
    }
    return names;
  };
  const std::string messages = "no-loss no-ghost exactly-once per-key-order no-failure ";
  CHECK(missing(voting()) == "reservation-expiry " + messages);
  CHECK(missing(deciding()) == "agreement validity non-triviality non-blocking " + messages);
  CHECK(missing(silent()) ==
        "agreement stability validity non-triviality termination non-blocking " + messages);
  CHECK(missing(publishing()) == "agreement validity non-triviality non-blocking no-failure ");
  JudgeSetup saga = deciding();
  saga.family_holds = saga.family_expires = false;
  CHECK(missing(saga) ==
        "agreement validity non-triviality non-blocking reservation-expiry exclusive-hold " +
            messages);
  saga.several_decide = true;
  CHECK(missing(saga).substr(0, 8) == "validity");
}

TEST_CASE("judge: where nothing is published, effects of messages are no facts", "[properties]") {
  Story story = Story{deciding()}.place(0);
  const Judge judge = story.apply(store, 0).apply(store, 0).judge();
  CHECK(violated(judge) == "");
  for (const Property property :
       {Property::no_loss, Property::no_ghost, Property::exactly_once, Property::per_key_order}) {
    CHECK(judge.tally(property).verdict == Verdict::unknown);
  }
}

TEST_CASE("judge: where nobody decides, decisions are no facts", "[properties]") {
  const Judge judge =
      Story{silent()}.request(0).decide(orders, 0, yes).decide(orders, 0, no).judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::agreement).verdict == Verdict::unknown);
}

}  // namespace indoubt::properties::test
