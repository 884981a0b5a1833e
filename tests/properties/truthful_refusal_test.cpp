#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

namespace {

/// The store has two units, of which each order takes one.
JudgeSetup scarce() {
  JudgeSetup setup = silent();
  setup.services[0].items = {{2, 1}};
  return setup;
}

Story requested() { return Story{scarce()}.request(0).request(1).request(2).at(10ms); }

}  // namespace

TEST_CASE("truthful-refusal: a refusal with units free", "[properties]") {
  const Judge judge = requested().refuse(store, 0).judge();
  CHECK(violated(judge) == "truthful-refusal");
  CHECK(told(Property::truthful_refusal, judge) ==
        "order 118: store refused it at 0.010s, although it had enough free units");
}

TEST_CASE("truthful-refusal: what others have on record is not free", "[properties]") {
  Story story = requested().hold(store, 1, 0);
  CHECK(violated(Story{story}.refuse(store, 0).release(store, 1).judge()) == "truthful-refusal");
  story.assign(store, 2, 1);
  const Judge judge = Story{story}.refuse(store, 0).judge();
  CHECK(judge.tally(Property::truthful_refusal).verdict == Verdict::holds);
  CHECK(violated(story.release(store, 2, 1).release(store, 1).refuse(store, 0).judge()) ==
        "truthful-refusal");
}

TEST_CASE("truthful-refusal: what others have locked is not free", "[properties]") {
  Story story = requested().lock(store, 1, 0).lock(store, 2, 1);
  const Judge judge = Story{story}.refuse(store, 0).unlock(store, 1, 0).unlock(store, 2, 1).judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::truthful_refusal).verdict == Verdict::holds);
  // A unit that is locked and then held is one unit, and free again when it is released.
  story.hold(store, 1, 0).unlock(store, 1, 0).release(store, 1, 0);
  CHECK(violated(Story{story}.unlock(store, 2, 1).refuse(store, 0).judge()) == "truthful-refusal");
  CHECK(violated(story.crash(store).restart(store).refuse(store, 0).judge()) ==
        "truthful-refusal");  // the crash forgot the lock
}

TEST_CASE("truthful-refusal: what a crash lost is free again", "[properties]") {
  Story story = requested().unforced().hold(store, 1, 0).hold(store, 2, 1).at(20ms);
  CHECK(violated(Story{story}.refuse(store, 0).crash(store).restart(store).judge()) == "");
  CHECK(violated(story.crash(store).restart(store).refuse(store, 0).judge()) == "truthful-refusal");
}

TEST_CASE("truthful-refusal: too few of one item are too few", "[properties]") {
  JudgeSetup setup = silent();
  setup.services[0].items = {{5, 1}, {1, 2}};
  CHECK(violated(Story{setup}.request(0).refuse(store, 0).judge()) == "");
  setup.services[0].items = {{5, 1}, {2, 2}};
  CHECK(violated(Story{setup}.request(0).refuse(store, 0).judge()) == "truthful-refusal");
}

TEST_CASE("truthful-refusal: a service declines by its draw, not as it likes", "[properties]") {
  JudgeSetup setup = silent();
  setup.services[0].decline = {500'000'000};
  const Story story = Story{setup}.request(0).request(1).at(10ms).refuse(store, 0).refuse(store, 1);
  std::size_t declined = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Judge judge{setup};
    judge.reset(seed);
    judge.read(story.facts());
    judge.finish(story.end());
    std::uint32_t wrong = 0;
    for (const std::uint32_t number : {118u, 119u}) {
      const std::uint64_t word = sim::fixed_word(seed, 1, sim::hash_name("decline"), number);
      setup.services[0].decline.happens(word) ? ++declined : ++wrong;
    }
    CHECK(judge.tally(Property::truthful_refusal).violations == wrong);
  }
  CHECK(declined > 5);
  CHECK(declined < 35);
}

TEST_CASE("truthful-refusal: a full disk is a want, a slow one is none", "[properties]") {
  const Story full = requested().disk_is_full(store);
  CHECK(violated(Story{full}.refuse(store, 0).judge()) == "");
  CHECK(violated(Story{full}.refuse(courier, 0).judge()) == "truthful-refusal");
  CHECK(violated(Story{full}.disk_is_sound(store).refuse(store, 0).judge()) == "truthful-refusal");
  CHECK(violated(requested().disk_is_slow(store).refuse(store, 0).judge()) == "truthful-refusal");
}

TEST_CASE("truthful-refusal: what a pause held back was meant when the pause began",
          "[properties]") {
  const Story paused = requested().disk_is_full(store).pause(store).at(20ms).disk_is_sound(store);
  CHECK(violated(Story{paused}.resume(store).refuse(store, 0).judge()) == "");
  CHECK(violated(Story{paused}.quiet().refuse(store, 0).judge()) == "");
  CHECK(violated(Story{paused}.resume(store).at(21ms).refuse(store, 0).judge()) ==
        "truthful-refusal");
  const Story later = requested().pause(store).disk_is_full(store).at(20ms).disk_is_sound(store);
  CHECK(violated(Story{later}.resume(store).refuse(store, 0).judge()) == "truthful-refusal");
}

TEST_CASE("truthful-refusal: it needs no rest", "[properties]") {
  const Judge judge = requested().refuse(store, 0).ends(sim::EndReason::busy, 20ms).judge();
  CHECK(violated(judge) == "truthful-refusal");
}

}  // namespace indoubt::properties::test
