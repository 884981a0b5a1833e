#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

TEST_CASE("metrics: outcomes are what clients learnt in time", "[properties]") {
  JudgeSetup setup = silent();
  setup.give_up_after = 5s;
  Histogram latency;
  const Judge judge = Story{setup}
                          .place(0)
                          .at(1s)
                          .request(1)
                          .request(2)
                          .request(3)
                          .at(6s)
                          .receive(1, yes)
                          .receive(2, no)
                          .request(1)
                          .at(6001ms)
                          .receive(3, yes)
                          .receive(1, yes)
                          .judge(&latency);
  CHECK(judge.metrics().placed == 2);
  CHECK(judge.metrics().not_placed == 1);
  CHECK(judge.metrics().unknown == 1);
  CHECK(latency.count() == 2);
  CHECK(latency.max() == 5s);
  CHECK(latency.quantile(1, 2) >= 50ms);
  CHECK(latency.quantile(1, 2) < 51ms);
}

TEST_CASE("metrics: orders that never arrived have no outcome", "[properties]") {
  const Metrics metrics = Story{silent()}.request(0).judge().metrics();
  CHECK(metrics.placed + metrics.not_placed + metrics.unknown == 1);
}

TEST_CASE("metrics: the longest hold, whatever ended it", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .at(1s)
                          .hold(store, 0)
                          .hold(courier, 0)
                          .at(1500ms)
                          .release(store, 0)
                          .at(1700ms)
                          .assign(courier, 0)
                          .release(courier, 0)
                          .judge();
  CHECK(judge.metrics().max_hold.time == 700ms);
}

}  // namespace indoubt::properties::test
