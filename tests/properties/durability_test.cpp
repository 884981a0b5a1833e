#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

TEST_CASE("durability: a yes vote without a forced hold", "[properties]") {
  // The service votes, forgets all about it in a crash, and is told to abort.
  const Judge judge = Story{voting()}
                          .request(0)
                          .at(10ms)
                          .unforced()
                          .hold(store, 0)
                          .prepare(store, 0)
                          .at(20ms)
                          .vote(store, 0)
                          .at(30ms)
                          .crash(store)
                          .at(40ms)
                          .restart(store)
                          .decide(orders, 0, no)
                          .decide(store, 0, no)
                          .judge();
  CHECK(violated(judge) == "durability");
  CHECK(unknown(judge) ==
        "non-triviality fulfilment truthful-refusal truthful-reply reservation-expiry");
  CHECK(told(Property::durability, judge) ==
        "order 118: store voted yes at 0.020s, but its crash at 0.030s lost what it had promised");
}

TEST_CASE("durability: a forced hold with an unforced commit, or abort, may be lost",
          "[properties]") {
  // Presumed commit and presumed abort leave the service's record of it unforced: it asks again.
  const auto judge = [](Outcome outcome) {
    Story story{voting()};
    story.request(0).at(10ms).hold(store, 0).hold(courier, 0);
    story.at(20ms).vote(store, 0).vote(courier, 0);
    story.at(30ms).decide(orders, 0, outcome).reply(0, outcome).receive(0, outcome);
    for (const NodeId node : {store, courier}) {
      story.unforced().at(40ms);
      outcome == yes ? story.assign(node, 0) : story.release(node, 0);
      story.decide(node, 0, outcome).crash(node).at(50ms).restart(node);
      outcome == yes ? story.assign(node, 0) : story.release(node, 0);
      story.decide(node, 0, outcome);
    }
    return story.judge();
  };
  CHECK(violated(judge(yes)) == "");
  CHECK(violated(judge(no)) == "");
  CHECK(judge(yes).tally(Property::durability).verdict == Verdict::holds);
}

TEST_CASE("durability: a disk that is gone takes along what was placed", "[properties]") {
  Story story{voting()};
  story.place(0).at(200ms).tell(store, 0).at(300ms).lose_disk(store).at(400ms).restart(store);
  CHECK(violated(story.judge()).find("durability") != std::string::npos);
  CHECK(told(Property::durability, story.judge()) ==
        "order 118: the answer placed left at 0.040s, but a crash of store at 0.300s lost the "
        "assignment for good");
  // It is made again, from what others know.
  CHECK(violated(Story{story}.assign(store, 0).decide(store, 0, yes).judge()) == "");
}

TEST_CASE("durability: a restored backup loses what came after it, and nothing else",
          "[properties]") {
  Story story{voting()};
  story.place(0, 0).place(1, 1).at(200ms).tell(store, 0).tell(store, 1).at(300ms);
  std::uint32_t all = 0;
  for (const sim::Fact& fact : story.facts()) {
    if (fact.node == store && fact.in_record) all = fact.record + 1;
  }
  SECTION("of everything") {
    CHECK(violated(Story{story}.lose_disk(store, all).restart(store).judge()) == "");
  }
  SECTION("of the first order") {
    const Judge judge = Story{story}.lose_disk(store, all / 2).restart(store).judge();
    CHECK(judge.tally(Property::durability).violations == 1);
    CHECK(told(Property::durability, judge).substr(0, 10) == "order 119:");
  }
}

TEST_CASE("durability: a promise that a lost disk forgets before it is settled", "[properties]") {
  const Judge judge = prepared().at(30ms).lose_disk(store).at(40ms).restart(store).judge();
  CHECK(told(Property::durability, judge) ==
        "order 118: store voted yes at 0.020s, but its crash at 0.030s lost what it had promised");
}

TEST_CASE("durability: work that is lost before its vote was nobody's promise", "[properties]") {
  const Judge judge = Story{voting()}
                          .request(0)
                          .at(10ms)
                          .unforced()
                          .hold(store, 0)
                          .crash(store)
                          .at(20ms)
                          .restart(store)
                          .vote(store, 0, no)
                          .at(30ms)
                          .decide(orders, 0, no)
                          .judge();
  CHECK(violated(judge) == "");
}

TEST_CASE("durability: after a durable decision the hold is history", "[properties]") {
  const Judge judge = Story{voting()}
                          .request(0)
                          .at(10ms)
                          .hold(store, 0)
                          .vote(store, 0)
                          .at(20ms)
                          .decide(orders, 0, no)
                          .release(store, 0)
                          .decide(store, 0, no)
                          .at(30ms)
                          .unforced()
                          .hold(store, 0)
                          .crash(store)
                          .at(40ms)
                          .restart(store)
                          .judge();
  CHECK(violated(judge) == "");
}

namespace {

/// The answer "placed" leaves, and then both services lose what they assigned.
Story forgotten() {
  return Story{silent()}
      .request(0)
      .at(10ms)
      .unforced()
      .assign(store, 0)
      .unforced()
      .assign(courier, 0)
      .tell(store, 0)
      .tell(courier, 0)
      .reply(0, yes)
      .at(20ms)
      .crash(store)
      .crash(courier)
      .at(30ms)
      .restart(store)
      .restart(courier);
}

}  // namespace

TEST_CASE("durability: placed, and a crash loses the assignment", "[properties]") {
  const Judge judge = forgotten().judge();
  CHECK(violated(judge) == "durability");
  CHECK(told(Property::durability, judge) ==
        "order 118: the answer placed left at 0.010s, but a crash of store at 0.020s lost the "
        "assignment for good");
  CHECK(violated(forgotten().receive(0, yes).judge()) == "truthful-reply durability");
}

TEST_CASE("durability: nobody relies on what a service has told nobody", "[properties]") {
  // The answer rests on something else, and the assignment comes later.
  const Story placed = Story{silent()}.request(0).tell(store, 0).reply(0, yes).at(10ms);
  const Judge untold =
      Story{placed}.unforced().assign(store, 0).at(20ms).crash(store).restart(store).judge();
  CHECK(violated(untold) == "");
  const Judge said = Story{placed}
                         .unforced()
                         .assign(store, 0)
                         .tell(store, 0)
                         .at(20ms)
                         .crash(store)
                         .restart(store)
                         .judge();
  CHECK(violated(said) == "durability");
}

TEST_CASE("durability: what is made again in time survived", "[properties]") {
  const Judge judge = forgotten().at(40ms).assign(store, 0, 1).assign(courier, 0).judge();
  CHECK(violated(judge) == "");
  const Judge again = forgotten()
                          .at(40ms)
                          .assign(courier, 0)
                          .unforced()
                          .assign(store, 0)
                          .tell(store, 0)
                          .at(50ms)
                          .crash(store)
                          .restart(store)
                          .judge();
  CHECK(violated(again) == "atomicity no-leak durability");
}

TEST_CASE("durability: a compensation that a crash lost too is no loss", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .reply(0, yes)
                          .at(10ms)
                          .unforced()
                          .assign(store, 0)
                          .unforced()
                          .release(store, 0)
                          .at(20ms)
                          .crash(store)
                          .at(30ms)
                          .restart(store)
                          .judge();
  CHECK(violated(judge) == "");
}

TEST_CASE("durability: an assignment that nobody was told of may be lost", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .at(10ms)
                          .unforced()
                          .assign(store, 0)
                          .crash(store)
                          .at(20ms)
                          .restart(store)
                          .reply(0, no)
                          .receive(0, no)
                          .judge();
  CHECK(violated(judge) == "");
}

TEST_CASE("durability: what a node that is down for good lost, and makes again, is owed",
          "[properties]") {
  Story story = Story{silent()}.request(0).at(10ms).assign(courier, 0).unforced().assign(store, 0);
  story.tell(store, 0).reply(0, yes).at(20ms).crash(store);
  const Judge judge = story.judge_with_return(Story{story}.restart(store).assign(store, 0));
  CHECK(violated(judge) == "");
  CHECK(owed(judge) == "atomicity no-leak durability");
  CHECK(judge.tally(Property::durability).owed_by == store);
  CHECK(violated(story.judge_with_return(Story{story}.restart(store))) ==
        "atomicity no-leak durability");
}

TEST_CASE("durability: a promise that was written down is kept, also without its hold",
          "[properties]") {
  // What binds the service is what it wrote: a hold that was taken later may go.
  const Judge judge = Story{voting()}
                          .request(0)
                          .at(10ms)
                          .prepare(store, 0)
                          .vote(store, 0)
                          .unforced()
                          .hold(store, 0)
                          .crash(store)
                          .at(20ms)
                          .restart(store)
                          .decide(orders, 0, no)
                          .decide(store, 0, no)
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::durability).verdict == Verdict::holds);
}

TEST_CASE("durability: a coordinator forgets what it told, and decides the opposite",
          "[properties]") {
  const Judge judge = Story{deciding()}
                          .request(0)
                          .at(10ms)
                          .decide(orders, 0, yes)
                          .at(20ms)
                          .crash(orders)
                          .at(30ms)
                          .restart(orders)
                          .decide(orders, 0, no)
                          .judge();
  CHECK(violated(judge) == "stability durability");
  CHECK(told(Property::durability, judge) ==
        "order 118: orders decided abort at 0.030s: a crash made it forget that it had decided "
        "commit at 0.010s");
}

TEST_CASE("durability: a run in which nothing was acknowledged does not check it", "[properties]") {
  const Judge judge = Story{silent()}.request(0).hold(store, 0).release(store, 0).judge();
  CHECK(judge.tally(Property::durability).verdict == Verdict::unknown);
}

TEST_CASE("durability: a renewed hold may be lost as long as the first one stays", "[properties]") {
  const Judge judge = Story{voting()}
                          .request(0)
                          .at(10ms)
                          .hold(store, 0, 0, 20s)
                          .vote(store, 0)
                          .at(20ms)
                          .unforced()
                          .hold(store, 0, 0, 20s)
                          .crash(store)
                          .at(30ms)
                          .restart(store)
                          .decide(orders, 0, no)
                          .release(store, 0)
                          .decide(store, 0, no)
                          .judge();
  CHECK(violated(judge) == "");
}

TEST_CASE("durability: losing more than the order takes is no loss", "[properties]") {
  const Judge judge = Story{silent()}
                          .place(0)
                          .at(1s)
                          .unforced()
                          .release(store, 0)
                          .assign(store, 0, 1)
                          .assign(store, 0, 2)
                          .crash(store)
                          .at(2s)
                          .restart(store)
                          .judge();
  CHECK(judge.tally(Property::durability).verdict == Verdict::holds);
}

TEST_CASE("durability: a run that was cut short leaves it unknown", "[properties]") {
  const Judge judge = forgotten().ends(sim::EndReason::events, 1s).judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::durability).verdict == Verdict::unknown);
}

TEST_CASE("durability: only a yes is a promise", "[properties]") {
  const Judge judge = Story{voting()}.request(0).vote(store, 0, no).judge();
  CHECK(judge.tally(Property::durability).verdict == Verdict::unknown);
}

TEST_CASE("durability: the first answer is the one that is told", "[properties]") {
  const Judge judge = forgotten().at(40ms).reply(0, yes).judge();
  CHECK(judge.tally(Property::durability).first.since == TrueTime{10ms});
}

}  // namespace indoubt::properties::test
