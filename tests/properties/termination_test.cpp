#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {
namespace {

/// Both services have prepared and voted yes. `termination` and `non-blocking` judge who is up
/// before anybody returns, so at rest whoever is in doubt while somebody is down violates both.
Story in_doubt() { return prepared(); }

/// The coordinator has committed, and both services have assigned what they held.
Story committed_by_all() {
  return in_doubt().at(30ms).decide(orders, 0, yes).at(40ms).assign(courier, 0).assign(store, 0);
}

const std::string both = "termination non-blocking";

/// Everybody comes back, and the coordinator aborts.
Judge with_abort_after_return(const Story& story) {
  Story later{story};
  later.at(60s);
  for (const NodeId node : {orders, store, courier}) {
    if (story.judge().ledger().nodes().is_down(node)) later.restart(node);
  }
  later.at(61s).decide(orders, 0, no);
  for (const NodeId node : {store, courier}) later.release(node, 0).decide(node, 0, no);
  return story.judge_with_return(later);
}

Finding first(const Story& story) { return story.judge().tally(Property::termination).first; }

}  // namespace

TEST_CASE("termination: without the coordinator, those in doubt must block", "[properties]") {
  const Judge judge = with_abort_after_return(in_doubt().at(30ms).crash(orders));
  CHECK(violated(judge) == both);
  CHECK(owed(judge) == "no-leak");
  CHECK(judge.tally(Property::no_leak).owed_by == orders);
  CHECK(told(Property::termination, judge) ==
        "order 118: store has been in doubt since 0.010s and must block: it waits for orders, "
        "which is down");
}

TEST_CASE("termination: a family that cannot settle anything waits", "[properties]") {
  JudgeSetup setup = voting();
  setup.settlers.clear();
  const Judge judge = prepared(setup).at(30ms).crash(orders).judge();
  CHECK(told(Property::termination, judge) ==
        "order 118: store has been in doubt since 0.010s and waits for orders, which is down");
}

TEST_CASE("termination: a service that decided could tell the others: stuck", "[properties]") {
  Story story = in_doubt().at(30ms).decide(orders, 0, yes).at(40ms).assign(courier, 0);
  story.decide(courier, 0, yes).crash(orders);
  const Story later = Story{story}.restart(orders).assign(store, 0).decide(store, 0, yes);
  const Judge judge = story.judge_with_return(later);
  CHECK(violated(judge) == both);
  CHECK(owed(judge) == "atomicity no-leak");
  CHECK(told(Property::termination, judge) ==
        "order 118: store has been in doubt since 0.010s and is stuck, although courier is up and "
        "could end it");
  // If that one is down as well, nobody can.
  CHECK(first(story.crash(courier)).reason == Reason::must_block);
}

TEST_CASE("termination: a service that is bound to nothing could abort: stuck", "[properties]") {
  Story story{voting()};
  story.request(0).at(10ms).hold(store, 0).prepare(store, 0).at(20ms).vote(store, 0);
  story.hold(courier, 0).crash(orders);
  CHECK(first(story).reason == Reason::stuck);
  CHECK(first(story).other == courier);
  // Once it has written down what binds it, it may not abort, whether its vote has left or not.
  CHECK(first(Story{story}.prepare(courier, 0)).reason == Reason::must_block);
  CHECK(first(Story{story}.vote(courier, 0)).reason == Reason::must_block);
  // A crash that loses that record, before the vote has left, unbinds it.
  story.unforced().prepare(courier, 0);
  CHECK(first(story).reason == Reason::must_block);
  CHECK(first(Story{story}.crash(courier).restart(courier)).reason == Reason::stuck);
  CHECK(first(Story{story}.crash(courier).restart(courier)).node == store);
  CHECK(first(Story{story}.vote(courier, 0).crash(courier).restart(courier)).reason ==
        Reason::must_block);
}

TEST_CASE("termination: a coordinator that is up could decide: stuck", "[properties]") {
  Story story = in_doubt().at(30ms).decide(orders, 0, yes).assign(store, 0).decide(store, 0, yes);
  CHECK(violated(story.assign(courier, 0).judge()) == "termination");
  CHECK(first(story).reason == Reason::stuck);
  CHECK(first(story).node == courier);
  const Story undecided = in_doubt().at(30ms).crash(orders).restart(orders);
  CHECK(first(undecided).reason == Reason::stuck);
  CHECK(first(undecided).other == orders);
}

TEST_CASE("termination: in doubt is who has prepared, before its vote leaves and without one",
          "[properties]") {
  const Story story = Story{voting()}.request(0).at(10ms).prepare(store, 0);
  CHECK(violated(story.judge()) == "termination");
  CHECK(first(story).since == TrueTime{10ms});
  CHECK(first(Story{story}.at(20ms).vote(store, 0)).since == TrueTime{10ms});
  CHECK(violated(Story{story}.decide(store, 0, no).judge()) == "");
  // Whoever has neither prepared nor voted is in no doubt, though it may hold something.
  const Story holding = Story{voting()}.request(0).hold(store, 0);
  CHECK(violated(holding.judge()) == "no-leak");
  CHECK(holding.judge().tally(Property::termination).verdict == Verdict::unknown);
}

TEST_CASE("termination: what a crash loses before the vote bound nobody", "[properties]") {
  Story story = Story{voting()}.request(0).at(10ms).unforced().prepare(store, 0);
  story.at(20ms).crash(store).restart(store);
  CHECK(violated(story.judge()) == "");
  CHECK(story.judge().tally(Property::termination).verdict == Verdict::unknown);
  CHECK(first(story.at(30ms).prepare(store, 0)).since == TrueTime{30ms});
}

TEST_CASE("termination: a reader decides by its record, or leaves without one", "[properties]") {
  JudgeSetup setup = voting();
  setup.services[1].items = {{4, 0}};
  Story story{setup};
  story.request(0).at(10ms).hold(store, 0).prepare(store, 0).vote(store, 0).decide(orders, 0, yes);
  story.at(20ms).assign(store, 0).decide(store, 0, yes);
  CHECK(violated(story.judge()) == "");  // it did not bind itself
  story.at(30ms).prepare(courier, 0);
  CHECK(violated(story.judge()) == "termination");
  CHECK(first(story).node == courier);
  CHECK(violated(Story{story}.decide(courier, 0, yes).judge()) == "");
  CHECK(violated(Story{story}.decide(courier, 0, no).judge()) == "agreement");
  CHECK(violated(Story{story}
                     .unforced()
                     .decide(courier, 0, yes)
                     .crash(courier)
                     .restart(courier)
                     .judge()) == "termination");
}

TEST_CASE("termination: what a quorum knows, it can settle", "[properties]") {
  JudgeSetup setup = voting();
  setup.names.insert(setup.names.end(), {"acceptor-1", "acceptor-2", "acceptor-3"});
  setup.replicas = {{.nodes = {NodeId{4}, NodeId{5}, NodeId{6}}, .tolerated = 1}};
  setup.settlers = setup.replicas;
  Story story = prepared(setup).at(30ms).crash(orders).crash(NodeId{5});
  CHECK(first(story).reason == Reason::stuck);
  CHECK(first(story).other == NodeId{4});
  story.crash(NodeId{6});
  CHECK(first(story).reason == Reason::must_block);
  CHECK(first(story).other == orders);
  CHECK(first(Story{story}.restart(orders)).other == NodeId{5});
  CHECK(first(story.restart(NodeId{5})).reason == Reason::stuck);  // it has what it wrote
}

TEST_CASE("termination: where a crash forgets what it takes, only who never crashed can settle",
          "[properties]") {
  // The timeouts of three-phase commit: any site that has not crashed can end it.
  JudgeSetup setup = voting();
  setup.settlers = {{.nodes = {store, courier, orders}, .tolerated = 2, .crashed_count = false}};
  const Story story = prepared(setup).at(30ms).crash(orders);
  CHECK(first(story).reason == Reason::stuck);
  CHECK(first(story).other == courier);
  const Story one = Story{story}.crash(courier).restart(courier);
  CHECK(first(one).reason == Reason::stuck);  // the store by itself
  Story none = Story{one}.crash(store).restart(store);
  CHECK(first(none).reason == Reason::must_block);
  CHECK(first(none).other == orders);
  setup.settlers[0].crashed_count = true;
  Story quorum = prepared(setup).at(30ms).crash(orders).crash(courier).restart(courier);
  CHECK(first(quorum.crash(store).restart(store)).reason == Reason::stuck);
  // When the last of all is back, they know together what there is to know.
  CHECK(first(none.restart(orders)).reason == Reason::stuck);
}

TEST_CASE("termination: any of several groups can settle it", "[properties]") {
  JudgeSetup setup = voting();
  setup.settlers = {{.nodes = {orders}}, {.nodes = {store, courier}}};
  Story story = prepared(setup).at(30ms).crash(orders);
  CHECK(first(story).reason == Reason::stuck);
  CHECK(first(story.crash(courier)).reason == Reason::must_block);
}

TEST_CASE("termination: nodes that are down owe no decision", "[properties]") {
  Story story = in_doubt().at(30ms).crash(store).at(40ms).decide(orders, 0, yes);
  story.assign(courier, 0).decide(courier, 0, yes);
  const Story later = Story{story}.restart(store).assign(store, 0).decide(store, 0, yes);
  const Judge judge = story.judge_with_return(later);
  CHECK(violated(judge) == "");
  CHECK(owed(judge) == "atomicity no-leak");
  CHECK(judge.tally(Property::termination).verdict == Verdict::holds);
}

TEST_CASE("termination: it is judged before the return, and excuses nobody", "[properties]") {
  const Judge judge = with_abort_after_return(in_doubt().at(30ms).crash(orders).crash(store));
  CHECK(violated(judge) == both);
  CHECK(judge.tally(Property::termination).first.node == courier);
}

TEST_CASE("termination: a decision that a crash lost does not end the doubt", "[properties]") {
  const Judge judge = in_doubt()
                          .at(30ms)
                          .decide(orders, 0, yes)
                          .assign(courier, 0)
                          .decide(courier, 0, yes)
                          .at(40ms)
                          .unforced()
                          .assign(store, 0)
                          .decide(store, 0, yes)
                          .at(50ms)
                          .crash(store)
                          .restart(store)
                          .judge();
  CHECK(violated(judge) == "atomicity termination no-leak");
}

TEST_CASE("termination: where nobody votes, a step without an outcome waits", "[properties]") {
  const Story held = Story{deciding()}.request(0).at(10ms).hold(store, 0);
  CHECK(violated(held.judge()) == "termination no-leak");
  CHECK(first(held).reason == Reason::stuck);
  CHECK(first(held).other == orders);
  CHECK(told(Property::termination, Story{held}.crash(orders).judge()) ==
        "order 118: store has been in doubt since 0.010s and waits for orders, which is down");
  // Who has decided may be asked, as long as it is up.
  CHECK(first(Story{held}.decide(orders, 0, no).crash(orders)).reason == Reason::waits);
  const Story sold = Story{deciding()}.request(0).at(10ms).assign(store, 0);
  CHECK(first(sold).reason == Reason::stuck);
  CHECK(first(Story{sold}.decide(orders, 0, no)).reason == Reason::stuck);
  CHECK(violated(Story{sold}.decide(orders, 0, yes).judge()) == "atomicity no-leak");
}

TEST_CASE("termination: a hold that ran out waits for nobody", "[properties]") {
  const Judge judge = Story{deciding()}
                          .request(0)
                          .at(10ms)
                          .hold(store, 0, 0, 1s)
                          .crash(orders)
                          .at(1100ms)
                          .expire(store, 0)
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::termination).verdict == Verdict::holds);
}

TEST_CASE("termination: an order that was committed and aborted leaves its services waiting",
          "[properties]") {
  const Judge judge = Story{deciding()}
                          .request(0)
                          .at(10ms)
                          .assign(store, 0)
                          .assign(courier, 0)
                          .at(20ms)
                          .decide(orders, 0, yes)
                          .at(30ms)
                          .decide(orders, 0, no)
                          .judge();
  CHECK(violated(judge) == "stability termination");
}

TEST_CASE("termination: a coordinator that is a service does not wait for itself", "[properties]") {
  JudgeSetup setup = deciding();
  setup.coordinator = store;
  const Story story = Story{setup}.request(0).at(10ms).assign(store, 0).crash(courier);
  CHECK(first(story).reason == Reason::waits);
  CHECK(first(story).other == courier);
}

TEST_CASE("termination: a run that was cut short leaves it unknown", "[properties]") {
  const Judge judge = in_doubt().ends(sim::EndReason::events, 1s).judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::termination).verdict == Verdict::unknown);
}

TEST_CASE("termination: whoever decides knows of decisions that services took by themselves",
          "[properties]") {
  const Story guessed = committed_by_all().decide(courier, 0, yes).guess(store, 0, yes);
  CHECK(violated(guessed.judge()) == "termination");
  CHECK(
      told(Property::termination, guessed.judge()) ==
      "order 118: store has decided by itself at 0.040s, and orders, which decides, has no record "
      "of that");
  CHECK(violated(Story{guessed}.at(50ms).note_guess(store, 0).judge()) == "");
  CHECK(violated(Story{guessed}.at(50ms).crash(store).judge()) == "");
  CHECK(violated(Story{guessed}.at(50ms).crash(orders).judge()) == "");
}

TEST_CASE("termination: that one such decision is known says nothing of the other one",
          "[properties]") {
  const Story guessed = committed_by_all()
                            .guess(courier, 0, yes)
                            .guess(store, 0, yes)
                            .at(50ms)
                            .note_guess(courier, 0);
  CHECK(
      told(Property::termination, guessed.judge()).starts_with("order 118: store has decided by"));
  CHECK(violated(Story{guessed}.crash(courier).judge()) == "termination");
  CHECK(violated(Story{guessed}.note_guess(store, 0).judge()) == "");
}

TEST_CASE("termination: services that an order does not need cannot settle it", "[properties]") {
  JudgeSetup setup = voting();
  const std::array<std::uint32_t, 2> turns{1, 1};
  setup.order_kinds = sim::OrderKinds{turns};
  setup.services[0].strangers = 0b01;  // the first order needs the courier alone
  setup.services[0].items.front().per_order = {0, 1};
  setup.services[1].items.front().per_order = {1, 1};
  setup.settlers = {{.nodes = {orders, store, courier}, .tolerated = 1}};
  Story story{setup};
  story.request(0).at(10ms).hold(courier, 0).prepare(courier, 0).at(20ms).vote(courier, 0);
  const Judge judge = story.at(30ms).crash(orders).judge();
  CHECK(told(Property::termination, judge) ==
        "order 118: courier has been in doubt since 0.010s and must block: it waits for orders, "
        "which is down");
}

}  // namespace indoubt::properties::test
