#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

TEST_CASE("metrics: outcomes are what clients learnt in time", "[properties]") {
  JudgeSetup setup = silent();
  setup.give_up_after = 5s;
  Latencies latencies;
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
                          .judge(&latencies);
  const Histogram& latency = latencies.commit;
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

TEST_CASE("metrics: effects are late since the commit, and none is late without all of them",
          "[properties]") {
  const auto latency_of = [](const Story& story) {
    Latencies latencies;
    (void)story.judge(&latencies);
    return latencies.effect;
  };
  const Story requested = Story{deciding()}.request(0).at(1s);
  const Story both =
      Story{requested}.decide(orders, 0, yes).at(2s).assign(store, 0).at(4s).assign(courier, 0);
  CHECK(latency_of(both).count() == 1);
  CHECK(latency_of(both).max() == 3s);
  const Story before =
      Story{requested}.assign(store, 0).assign(courier, 0).at(2s).decide(orders, 0, yes);
  CHECK(latency_of(before).count() == 1);
  CHECK(latency_of(before).max() == 0s);
  const Story half = Story{requested}.decide(orders, 0, yes).at(2s).assign(store, 0);
  CHECK(latency_of(half).count() == 0);
  const Story undecided =
      Story{silent()}.request(0).at(1s).reply(0, yes).at(3s).assign(store, 0).assign(courier, 0);
  CHECK(latency_of(undecided).max() == 2s);
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

TEST_CASE("metrics: late is what messages and forces took long for, and nothing else",
          "[properties]") {
  // One order is requested at 2s, and placed at 3s.
  const auto late = [](Story story) { return story.at(3s).receive(0, yes).judge().metrics().late; };
  JudgeSetup setup = silent();
  setup.give_up_after = 5s;
  const Story story = Story{setup}.calm().at(2s).request(0);
  CHECK(late(Story{story}.at(2500ms).begins_late_force(store)) == 1);
  CHECK(late(Story{story}.at(2500ms).late(0, 2s)) == 1);
  CHECK(late(story) == 0);
  // These are faults of a disk, and not its pace.
  CHECK(late(Story{story}.at(2500ms).disk_is_full(store)) == 0);
  CHECK(late(Story{story}.at(2500ms).disk_is_slow(store)) == 0);
  // Had it not been late, nobody would know either: a fault met the order.
  CHECK(late(Story{story}.at(2500ms).struck(0).late(0, 2s)) == 0);
  CHECK(late(Story{story}.at(2500ms).crash(store).begins_late_force(courier)) == 0);
}

TEST_CASE("metrics: clients are served from the first request to the last request or answer",
          "[properties]") {
  JudgeSetup setup = silent();
  setup.give_up_after = 5s;
  const Story two = Story{setup}.at(1s).request(1).at(3s).request(2);
  const auto metrics = [](const Story& story) { return story.judge().metrics(); };
  CHECK(metrics(two).answered == 0);
  CHECK(metrics(two).serving == 2s);
  CHECK(metrics(Story{two}.at(4s).receive(1, no)).answered == 1);
  CHECK(metrics(Story{two}.at(4s).receive(1, no)).serving == 3s);
  // Only the first answer counts, and it does so however late it is.
  CHECK(metrics(Story{two}.at(4s).receive(1, yes).at(9s).receive(1, yes)).serving == 3s);
  CHECK(metrics(Story{two}.at(20s).receive(2, yes)).answered == 1);
  CHECK(metrics(Story{two}.at(20s).receive(2, yes)).serving == 19s);
  CHECK(metrics(Story{two}.at(20s).receive(2, yes)).placed == 0);
  CHECK(metrics(Story{setup}).serving == 0s);
}

}  // namespace indoubt::properties::test
