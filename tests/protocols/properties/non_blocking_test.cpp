#include "tests/protocols/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

TEST_CASE("non-blocking: a service in doubt while the coordinator is down", "[properties]") {
  const auto story = [](Duration back) {
    return prepared().disturbed()
        .at(1s).crash(orders)
        .at(back).restart(orders).decide(orders, 0, no)
        .release(store, 0).decide(store, 0, no).release(courier, 0).decide(courier, 0, no);
  };
  const Judge judge = story(11001ms).judge();
  CHECK(violated(judge) == "non-blocking");
  CHECK(unknown(judge) == "non-triviality truthful-reply reservation-expiry");
  CHECK(judge.tally(Property::non_blocking).first.node == store);
  CHECK(judge.metrics().blocked == 20002ms);  // two services
  CHECK(violated(story(11s).judge()) == "");
}

TEST_CASE("non-blocking: doubt counts only while somebody is down", "[properties]") {
  const Judge judge = prepared().disturbed()
                          .at(20s).decide(orders, 0, no)
                          .release(store, 0).decide(store, 0, no)
                          .release(courier, 0).decide(courier, 0, no)
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(judge.tally(Property::non_blocking).verdict == Verdict::holds);
  CHECK(judge.metrics().blocked == 0ms);
}

TEST_CASE("non-blocking: a service that is down or paused itself does not wait", "[properties]") {
  const Judge judge = prepared().disturbed()
                          .at(1s).crash(orders).crash(store).pause(courier)
                          .at(20s).restart(store).resume(courier)
                          .at(25s).restart(orders).decide(orders, 0, no)
                          .release(store, 0).decide(store, 0, no)
                          .release(courier, 0).decide(courier, 0, no)
                          .judge();
  CHECK(violated(judge) == "");
  CHECK(judge.metrics().blocked == 10s);  // two services for 5s each
}

TEST_CASE("non-blocking: doubt in a run that came to rest lasts", "[properties]") {
  const Judge judge = prepared().disturbed().at(30ms).crash(orders).judge();
  CHECK(violated(judge) == "termination non-blocking");
  CHECK(judge.metrics().blocked == 2 * (60s - 30ms));
}

TEST_CASE("non-blocking: a decision that a crash lost does not end the doubt", "[properties]") {
  const Judge judge = prepared().disturbed()
                          .at(1s).unforced().release(store, 0).decide(store, 0, no)
                          .crash(store).restart(store).crash(orders)
                          .at(12s).restart(orders).decide(orders, 0, no)
                          .release(store, 0).decide(store, 0, no)
                          .release(courier, 0).decide(courier, 0, no)
                          .judge();
  CHECK(violated(judge) == "non-blocking");
}

TEST_CASE("non-blocking: a run that was cut short leaves it unknown", "[properties]") {
  const Judge judge = prepared().disturbed().crash(orders).ends(RunEnd::Reason::events, 2s).judge();
  CHECK(judge.tally(Property::non_blocking).verdict == Verdict::unknown);
}

}  // namespace indoubt::properties::test
