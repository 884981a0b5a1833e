#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

namespace {

/// A client that waits for 5s.
JudgeSetup patient(JudgeSetup setup) {
  setup.give_up_after = 5s;
  return setup;
}

/// Nothing is wrong, and at 2s order 0 is requested. What happens to it, happens by 3s.
Story requested_at_2s(const JudgeSetup& setup = patient(silent())) {
  return Story{setup}.calm().at(2s).request(0);
}

std::string without_placing(const Story& story) { return violated(story.judge()); }

}  // namespace

TEST_CASE("fulfilment: not placed, and nothing was in its way", "[properties]") {
  const Judge judge = requested_at_2s().at(3s).receive(0, no).judge();
  CHECK(violated(judge) == "fulfilment");
  CHECK(told(Property::fulfilment, judge) ==
        "order 118: its client was told not placed at 3.000s, although nothing hindered it since "
        "its request at 2.000s");
}

TEST_CASE("fulfilment: whoever does nothing does something wrong", "[properties]") {
  const Judge judge = requested_at_2s().judge();
  CHECK(violated(judge) == "fulfilment");
  CHECK(told(Property::fulfilment, judge) ==
        "order 118: its client has had no answer since 2.000s, although nothing hindered it");
  CHECK(judge.tally(Property::fulfilment).violations == 1);  // not those that never arrived
}

TEST_CASE("fulfilment: placed when its client had given up", "[properties]") {
  const auto judge = [](Duration answer) {
    Story story = requested_at_2s().at(3s).assign(store, 0).assign(courier, 0);
    return story.at(answer).receive(0, yes).judge();
  };
  CHECK(violated(judge(7s)) == "");
  CHECK(judge(7s).tally(Property::fulfilment).verdict == Verdict::holds);
  CHECK(violated(judge(7001ms)) == "fulfilment");
  CHECK(told(Property::fulfilment, judge(7001ms)) ==
        "order 118: its client was told placed at 7.001s, after it had given up, although nothing "
        "hindered it since its request at 2.000s");
}

TEST_CASE("fulfilment: what strikes a message excuses its order alone", "[properties]") {
  CHECK(without_placing(requested_at_2s().at(3s).struck(0)) == "");
  CHECK(without_placing(requested_at_2s().at(3s).struck(1)) == "fulfilment");
  CHECK(without_placing(requested_at_2s().at(3s).late(0, 3s)) == "");
  CHECK(without_placing(requested_at_2s().at(3s).late(1, 3s)) == "fulfilment");
}

TEST_CASE("fulfilment: a node that is behind with its work excuses who meets it", "[properties]") {
  // It is known when the work is done, and excuses from the arrival on.
  CHECK(without_placing(requested_at_2s().at(9s).worked(1, 3s)) == "");
  CHECK(without_placing(requested_at_2s().at(9s).worked(1, 7s)) == "");
  CHECK(without_placing(requested_at_2s().at(9s).worked(1, 7001ms)) == "fulfilment");
  CHECK(without_placing(Story{patient(silent())}.calm().at(1s).worked(1, 500ms).at(2s).request(
            0)) == "fulfilment");
  // What was wrong before is remembered, and what overlaps is one.
  CHECK(without_placing(
            requested_at_2s().at(8s).worked(1, 6s).at(9s).worked(2, 7500ms).at(20s).worked(
                2, 19s)) == "");
  CHECK(without_placing(requested_at_2s().at(8s).begins_late_force(store).at(9s).worked(1, 6s)) ==
        "");
}

TEST_CASE("fulfilment: what comes after the answer is no excuse", "[properties]") {
  const Story story = requested_at_2s().at(3s).receive(0, no).at(3001ms);
  CHECK(without_placing(Story{story}.struck(0)) == "fulfilment");
  CHECK(without_placing(Story{story}.late(0, 3001ms)) == "fulfilment");
  CHECK(without_placing(Story{story}.late(0, 2500ms)) == "");  // it waited since before
  CHECK(without_placing(Story{story}.begins_late_force(store)) == "fulfilment");
  CHECK(without_placing(Story{story}.crash(store).restart(store)) == "fulfilment");
}

TEST_CASE("fulfilment: what comes after the client gave up is no excuse", "[properties]") {
  // It gives up at 7s.
  CHECK(without_placing(requested_at_2s().at(7s).struck(0)) == "");
  CHECK(without_placing(requested_at_2s().at(7001ms).struck(0)) == "fulfilment");
  CHECK(without_placing(requested_at_2s().at(7s).crash(store)) == "");
  CHECK(without_placing(requested_at_2s().at(7001ms).crash(store)) == "fulfilment");
}

TEST_CASE("fulfilment: trouble at a node excuses who meets it, from its start to its end",
          "[properties]") {
  using Change = Story& (Story::*)(NodeId);
  struct Trouble {
    Change begin;
    Change end;
  };
  for (const Trouble& trouble :
       {Trouble{&Story::crash, &Story::restart}, Trouble{&Story::pause, &Story::resume},
        Trouble{&Story::disk_is_slow, &Story::disk_is_sound},
        Trouble{&Story::disk_is_full, &Story::disk_is_sound},
        Trouble{&Story::begins_late_force, &Story::disk_is_sound}}) {
    for (const NodeId node : {orders, store}) {
      const auto from_until = [&](Duration from, Duration until) {
        Story story = Story{patient(silent())}.calm();
        if (from < 2s) (story.at(from).*trouble.begin)(node);
        if (until < 2s) (story.at(until).*trouble.end)(node);
        story.at(2s).request(0);
        if (from >= 2s && from <= 3s) (story.at(from).*trouble.begin)(node);
        if (until >= 2s && until <= 3s) (story.at(until).*trouble.end)(node);
        story.at(3s).receive(0, no);
        if (from > 3s) (story.at(from).*trouble.begin)(node);
        if (until > 3s) (story.at(until).*trouble.end)(node);
        return violated(story.judge());
      };
      CHECK(from_until(1s, 1999ms) == "fulfilment");
      CHECK(from_until(1s, 2s) == "");
      CHECK(from_until(1s, 5s) == "");
      CHECK(from_until(2500ms, 2600ms) == "");
      CHECK(from_until(3s, 5s) == "");
      CHECK(from_until(3001ms, 5s) == "fulfilment");
    }
  }
}

TEST_CASE("fulfilment: of two troubles the longer one counts", "[properties]") {
  Story story = Story{patient(silent())}.calm().at(500ms).pause(store).pause(courier);
  story.at(1s).resume(store);
  CHECK(without_placing(Story{story}.at(2s).request(0)) == "");
  CHECK(without_placing(story.at(1500ms).resume(courier).at(2s).request(0)) == "fulfilment");
}

TEST_CASE("fulfilment: pauses and disk faults are over when faults are", "[properties]") {
  const Story story = Story{patient(silent())}.calm().at(500ms).pause(store);
  CHECK(without_placing(Story{story}.at(2s).request(0)) == "");
  CHECK(without_placing(Story{story}.at(1s).quiet().at(2s).request(0)) == "fulfilment");
}

TEST_CASE("fulfilment: a clock excuses while it drifts, and when it jumps", "[properties]") {
  const Story jumped = Story{patient(silent())}.calm().at(1s).set_clock(store, 50ms, 0);
  CHECK(without_placing(Story{jumped}.at(2s).request(0)) == "fulfilment");
  CHECK(without_placing(Story{jumped}.request(0)) == "");
  const Story drifting = Story{patient(silent())}.calm().at(1s).set_clock(store, 0ms, 100);
  CHECK(without_placing(Story{drifting}.at(2s).request(0)) == "");
  CHECK(without_placing(Story{drifting}.at(1500ms).set_clock(store, 0ms, 0).at(2s).request(0)) ==
        "fulfilment");
}

TEST_CASE("fulfilment: units that are gone before it got any are an excuse", "[properties]") {
  JudgeSetup setup = patient(silent());
  setup.services[0].items = {{1, 1}};
  // Another order has the only unit until `until`; ours is requested at 2s, told no at 3s.
  const auto judge = [&](Duration from, Duration until, bool in_memory) {
    Story story = Story{setup}.request(1).calm();
    const auto take = [&] { in_memory ? story.lock(store, 1) : story.hold(store, 1); };
    const auto give_back = [&] { in_memory ? story.unlock(store, 1) : story.release(store, 1); };
    if (from < 2s) story.at(from), take();
    if (until < 2s) story.at(until), give_back();
    story.at(2s).request(0);
    if (from >= 2s && from <= 3s) story.at(from), take();
    if (until >= 2s && until <= 3s) story.at(until), give_back();
    story.at(3s).receive(0, no);
    if (from > 3s) story.at(from), take();
    if (until > 3s) story.at(until), give_back();
    return violated(story.judge());
  };
  for (const bool in_memory : {false, true}) {
    CHECK(judge(1s, 1999ms, in_memory) == "fulfilment");
    CHECK(judge(1s, 2s, in_memory) == "");
    CHECK(judge(1s, 4s, in_memory) == "");
    CHECK(judge(2200ms, 2300ms, in_memory) == "");
    CHECK(judge(3001ms, 4s, in_memory) == "fulfilment");
  }
}

TEST_CASE("fulfilment: that it has the last unit itself is no excuse", "[properties]") {
  JudgeSetup setup = patient(silent());
  setup.services[0].items = {{1, 1}};
  const Story story = requested_at_2s(setup).at(2500ms);
  CHECK(violated(Story{story}.lock(store, 0).unlock(store, 0).at(3s).receive(0, no).judge()) ==
        "fulfilment");
  CHECK(violated(Story{story}.hold(store, 0).at(3s).release(store, 0).receive(0, no).judge()) ==
        "fulfilment");
}

TEST_CASE("fulfilment: who had to wait for a unit may be late, also if it got one",
          "[properties]") {
  JudgeSetup setup = patient(silent());
  setup.services[0].items = {{1, 1}};
  Story story = Story{setup}.request(1).calm().hold(store, 1).at(2s).request(0);
  story.at(6900ms).release(store, 1).assign(store, 0).assign(courier, 0);
  CHECK(violated(story.at(8s).receive(0, yes).judge()) == "");
}

TEST_CASE("fulfilment: a stock that is too small from the start is an excuse", "[properties]") {
  JudgeSetup setup = patient(silent());
  setup.services[0].items = {{0, 1}};
  CHECK(violated(requested_at_2s(setup).judge()) == "");
  setup.services[0].items = {{0, 0}};  // of which it takes nothing
  CHECK(violated(requested_at_2s(setup).judge()) == "fulfilment");
}

TEST_CASE("fulfilment: poison in what asks for a part excuses its order, by the draw",
          "[properties]") {
  JudgeSetup setup = patient(silent());
  setup.services[0].poison = {500'000'000};
  const Story story = requested_at_2s(setup).at(3s).receive(0, no);
  std::size_t excused = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Judge judge{setup};
    judge.reset(seed);
    judge.read(story.facts());
    judge.finish(story.end());
    const std::uint64_t word = sim::fixed_word(seed, 1, sim::hash_name("poison"), 118);
    const bool is_poison = setup.services[0].poison.happens(word);
    CHECK(violated(judge) == (is_poison ? "" : "fulfilment"));
    if (is_poison) ++excused;
  }
  CHECK(excused > 10);
  CHECK(excused < 30);
}

TEST_CASE("fulfilment: a refusal is an excuse if it was one", "[properties]") {
  const auto judge = [](const JudgeSetup& setup) {
    return requested_at_2s(setup).at(3s).refuse(store, 0).receive(0, no).judge();
  };
  CHECK(violated(judge(patient(silent()))) == "fulfilment truthful-refusal");
  JudgeSetup setup = patient(silent());
  setup.services[0].decline = {1'000'000'000};
  CHECK(violated(judge(setup)) == "");
  // Another order's refusal is none.
  CHECK(violated(requested_at_2s(setup).at(3s).refuse(store, 1).judge()) == "fulfilment");
}

TEST_CASE("fulfilment: a refusal for want of units excuses what comes after it", "[properties]") {
  JudgeSetup setup = patient(silent());
  setup.services[0].items = {{1, 1}};
  // It had the unit and gave it back; another order has it when it asks again.
  Story story = requested_at_2s(setup).at(2100ms).hold(store, 0).release(store, 0);
  story.at(2200ms).lock(store, 1);
  CHECK(without_placing(Story{story}.unlock(store, 1)) == "fulfilment");
  CHECK(without_placing(Story{story}.refuse(store, 0).unlock(store, 1).at(3s).receive(0, no)) ==
        "");
  CHECK(without_placing(story.at(3s).receive(0, no).at(3001ms).refuse(store, 0).unlock(store, 1)) ==
        "fulfilment");
}

TEST_CASE("fulfilment: a lost node owes nothing here", "[properties]") {
  const Story story = requested_at_2s().at(8s).crash(store);
  CHECK(violated(story.judge_with_return(Story{story}.restart(store).receive(0, yes))) ==
        "fulfilment");
}

TEST_CASE("fulfilment: a run that was cut short leaves it unknown", "[properties]") {
  const Judge judge = requested_at_2s().ends(sim::EndReason::busy, 20s).judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::fulfilment).cut_short);
  CHECK(violated(requested_at_2s().ends_still(store, 0, 2, 20s).judge()) ==
        "fulfilment quiescence");
}

}  // namespace indoubt::properties::test
