#include "search/random/coverage.hpp"

#include "search/random/corpus.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"

namespace indoubt::test {
namespace {

using Things = std::vector<std::uint32_t>;

sim::Fact fact(FactKind kind, std::uint16_t node, std::uint32_t order, std::int64_t when = 0) {
  sim::Fact made;
  made.kind = kind;
  made.node = sim::NodeId{node};
  made.order = sim::OrderId{order};
  made.time = sim::TrueTime{sim::Duration{when}};
  return made;
}

Things things_of(const std::vector<sim::Fact>& facts) {
  search::Coverage coverage{3};
  coverage.read(facts);
  return {coverage.things().begin(), coverage.things().end()};
}

search::Candidate candidate(const Things& things, std::size_t faults) {
  return {sim::Schedule(faults), things};
}

}  // namespace

TEST_CASE("coverage: what follows what counts, and not when or for which order", "[explore]") {
  const auto placed = [](std::uint32_t order, std::int64_t when) {
    return things_of({fact(FactKind::requested, 0, order, when),
                      fact(FactKind::held, 1, order, when + 5),
                      fact(FactKind::placed, 0, order, when + 9)});
  };
  CHECK(placed(0, 0) == placed(2, 1000));
  CHECK(placed(0, 0) != things_of({fact(FactKind::requested, 0, 0), fact(FactKind::placed, 0, 0),
                                   fact(FactKind::held, 1, 0)}));
  CHECK(placed(0, 0) != things_of({fact(FactKind::requested, 0, 0), fact(FactKind::held, 2, 0),
                                   fact(FactKind::placed, 0, 0)}));
}

TEST_CASE("coverage: trouble counts by what came right before it", "[explore]") {
  const auto crash_after = [](FactKind kind) {
    return things_of({fact(kind, 1, 0), fact(FactKind::crashed, 1, sim::no_order.index)}).back();
  };
  CHECK(crash_after(FactKind::held) != crash_after(FactKind::assigned));
}

TEST_CASE("coverage: a run that is cleared reaches what it reached before", "[explore]") {
  search::Trial trial{search::make_simulation(deployment("saga"))};
  search::Coverage coverage{1};
  trial.read_along(&coverage);
  std::vector<Things> runs;
  for (int i = 0; i < 2; ++i) {
    coverage.clear();
    trial.run(1);
    coverage.finish(trial.world());
    runs.emplace_back(coverage.things().begin(), coverage.things().end());
  }
  CHECK(runs[0] == runs[1]);
  CHECK(runs[0].size() > 5);
}

TEST_CASE("corpus: keeps schedules that reach something new, once", "[explore]") {
  search::Corpus corpus;
  corpus.offer(candidate({1, 2}, 1));
  corpus.offer(candidate({2, 1}, 2));
  CHECK(corpus.kept() == 1);
  CHECK_FALSE(corpus.is_new(Things{1, 2}));
  CHECK(corpus.is_new(Things{1, 3}));
  corpus.offer(candidate({1, 3}, 3));
  CHECK(corpus.kept() == 2);
  CHECK(corpus.schedules().back().size() == 3);
}

TEST_CASE("corpus: is bounded, and the oldest go first", "[explore]") {
  search::Corpus corpus;
  for (std::uint32_t i = 0; i < 5'000; ++i) {
    search::Candidate next = candidate({i}, 1);
    next.faults.front().by = sim::Duration{i};
    corpus.offer(next);
  }
  CHECK(corpus.kept() == 5'000);
  CHECK(corpus.schedules().size() < 2'000);
  sim::Duration oldest{5'000};
  for (const sim::Schedule& schedule : corpus.schedules()) {
    oldest = std::min(oldest, schedule.front().by);
  }
  CHECK(oldest > sim::Duration{3'000});
}

}  // namespace indoubt::test
