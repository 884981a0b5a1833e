#include <array>

#include "reports/words.hpp"
#include "tests/reports/results.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::reports {
namespace {

using namespace testing;
using Expected = scenarios::Verdict;
using Found = properties::Verdict;
using Kind = Expectation::Kind;

Met judged(ScenarioResult& result) {
  check_expectations(result);
  REQUIRE(result.judgements.size() == 1);
  return result.judgements.front().met;
}

Met judged_property(Expected expected, Found found, bool has_all_runs) {
  ScenarioResult result = scenario_with({"two-phase-commit"});
  if (!has_all_runs) result.cells[0].result.runs = 10;
  set_verdict(result, 0, Property::atomicity, found);
  expect(result, Kind::property, "atomicity", {0}).verdict = expected;
  return judged(result);
}

TEST_CASE("judge: every expected verdict against every found one", "[reports]") {
  struct Row {
    Expected expected;
    Found found;
    Met with_all_runs;
    Met with_fewer;
  };
  constexpr std::array<Row, 9> rows{{
      {Expected::holds, Found::holds, Met::yes, Met::yes},
      {Expected::holds, Found::violated, Met::no, Met::no},
      {Expected::holds, Found::unknown, Met::inconclusive, Met::inconclusive},
      {Expected::violated, Found::holds, Met::no, Met::inconclusive},
      {Expected::violated, Found::violated, Met::yes, Met::yes},
      {Expected::violated, Found::unknown, Met::no, Met::inconclusive},
      {Expected::unknown, Found::holds, Met::no, Met::no},
      {Expected::unknown, Found::violated, Met::no, Met::no},
      {Expected::unknown, Found::unknown, Met::yes, Met::yes},
  }};
  for (const Row& row : rows) {
    INFO(scenarios::name_of(row.expected) << " expected, " << properties::name_of(row.found));
    CHECK(judged_property(row.expected, row.found, true) == row.with_all_runs);
    CHECK(judged_property(row.expected, row.found, false) == row.with_fewer);
  }
}

TEST_CASE("judge: a bound that was hit makes 'holds' inconclusive", "[reports]") {
  ScenarioResult result = scenario_with({"two-phase-commit"});
  set_verdict(result, 0, Property::atomicity, Found::holds);
  result.cells[0].result.properties[0].unknown = 1;
  expect(result, Kind::property, "atomicity", {0});
  CHECK(judged(result) == Met::inconclusive);
}

TEST_CASE("judge: a property is expected in every cell, and the worst cell decides", "[reports]") {
  ScenarioResult result = scenario_with({"saga", "tcc"});
  set_verdict(result, 0, Property::atomicity, Found::holds);
  expect(result, Kind::property, "atomicity", {0, 1});
  CHECK(judged(result) == Met::inconclusive);
  set_verdict(result, 1, Property::atomicity, Found::violated);
  CHECK(judged(result) == Met::no);
  set_verdict(result, 1, Property::atomicity, Found::holds);
  CHECK(judged(result) == Met::yes);
  expect(result, Kind::property, "agreement", {}).verdict = Expected::violated;
  check_expectations(result);
  CHECK(result.judgements.size() == 1);  // what is about no cell that was run is not judged
}

TEST_CASE("judge: rates are of all runs together, rounded down", "[reports]") {
  ScenarioResult result = scenario_with({"saga"});
  search::CellResult& cell = result.cells[0].result;
  Expectation& goodput = expect(result, Kind::metric, "goodput", {0});
  goodput.unit = sim::Unit::milli_things_per_second;
  goodput.min = 1'667;
  CHECK(judged(result) == Met::inconclusive);  // nobody was served for any time
  cell.outcomes.placed = 5;
  cell.metrics.answered = 7;
  cell.metrics.serving = std::chrono::seconds{3};
  CHECK(judged(result) == Met::no);
  CHECK(result.judgements[0].cells[0].found == "1.666/s");
  goodput.min = 1'666;
  CHECK(judged(result) == Met::yes);
  CHECK(search::metric_value(cell, "throughput") == 2'333);
  CHECK(expectation_words(goodput) == "goodput at least 1.666/s");
  const search::CellResult same = cell;
  cell.append(same);
  CHECK(search::metric_value(cell, "goodput") == 1'666);
}

TEST_CASE("judge: what must be seen must be seen in one cell", "[reports]") {
  ScenarioResult result = scenario_with({"saga", "reservation"});
  expect(result, Kind::sometimes, "expired", {0, 1});
  CHECK(judged(result) == Met::no);
  result.cells[1].result.runs = 10;
  CHECK(judged(result) == Met::inconclusive);
  result.cells[1].result.runs_with_fact[static_cast<std::size_t>(sim::FactKind::expired)] = 1;
  CHECK(judged(result) == Met::yes);
}

TEST_CASE("judge: kinds of faults can be seen, too", "[reports]") {
  ScenarioResult result = scenario_with({"saga"});
  expect(result, Kind::sometimes, "crash", {0});
  CHECK(judged(result) == Met::no);
  result.cells[0].result.runs_with_action[static_cast<std::size_t>(sim::Action::crash)] = 3;
  CHECK(judged(result) == Met::yes);
}

TEST_CASE("judge: a metric has to lie within its bounds, both included", "[reports]") {
  ScenarioResult result = scenario_with({"saga"});
  result.cells[0].result.metrics.messages = 100;
  Expectation& expectation = expect(result, Kind::metric, "messages", {0});
  expectation.min = 100;
  CHECK(judged(result) == Met::yes);
  expectation.max = 100;
  CHECK(judged(result) == Met::yes);
  expectation.max = 99;
  expectation.min.reset();
  CHECK(judged(result) == Met::no);
  result.scenario.expectations[0].min = 101;
  result.scenario.expectations[0].max.reset();
  CHECK(judged(result) == Met::no);
}

TEST_CASE("judge: a mean per run is not rounded into its bounds", "[reports]") {
  ScenarioResult result = scenario_with({"saga"});
  result.cells[0].result.runs = 10;
  result.cells[0].result.metrics.messages = 100;
  Expectation& expectation = expect(result, Kind::metric, "messages", {0});
  expectation.is_per_run = true;
  expectation.min = expectation.max = 10;
  CHECK(judged(result) == Met::yes);
  CHECK(result.judgements[0].cells[0].found == "10.0 per run");
  result.cells[0].result.metrics.messages = 101;
  CHECK(judged(result) == Met::no);
  result.cells[0].result.metrics.messages = 99;
  CHECK(judged(result) == Met::no);
  result.cells[0].result.metrics.messages = 198;
  result.cells[0].result.runs = 20;
  result.scenario.expectations[0].min = 9;
  CHECK(judged(result) == Met::yes);
}

TEST_CASE("judge: a sum over another number of runs is judged as far as it can be", "[reports]") {
  ScenarioResult result = scenario_with({"saga"});
  result.scenario.seed_count = 10;
  search::CellResult& cell = result.cells[0].result;
  Expectation& expectation = expect(result, Kind::metric, "messages", {0});
  expectation.min = 100;
  expectation.max = 100;
  const auto judged_with = [&](std::uint64_t runs, std::uint64_t messages) {
    cell.runs = runs;
    cell.metrics.messages = messages;
    return judged(result);
  };
  CHECK(judged_with(10, 99) == Met::no);
  CHECK(judged_with(5, 50) == Met::inconclusive);
  CHECK(judged_with(20, 99) == Met::no);
  CHECK(judged_with(10, 101) == Met::no);
  CHECK(judged_with(20, 200) == Met::inconclusive);
  CHECK(judged_with(5, 101) == Met::no);
  CHECK(judged_with(20, 100) == Met::inconclusive);
  CHECK(judged_with(5, 100) == Met::inconclusive);
  result.scenario.expectations[0].max.reset();
  CHECK(judged_with(20, 199) == Met::inconclusive);
  CHECK(judged_with(20, 200) == Met::yes);
  CHECK(judged_with(5, 100) == Met::yes);
  result.scenario.expectations[0].min.reset();
  result.scenario.expectations[0].max = 100;
  CHECK(judged_with(5, 51) == Met::inconclusive);
  CHECK(judged_with(5, 50) == Met::yes);
  CHECK(judged_with(20, 100) == Met::yes);
  result.scenario.expectations[0].min = 0;
  result.scenario.expectations[0].max = 0;
  CHECK(judged_with(20, 1) == Met::no);
}

TEST_CASE("judge: more runs can only raise the greatest of all", "[reports]") {
  ScenarioResult result = scenario_with({"saga"});
  result.scenario.seed_count = 10;
  search::CellResult& cell = result.cells[0].result;
  cell.metrics.max_hold.take({std::chrono::seconds{5}, 1, 1});
  Expectation& expectation = expect(result, Kind::metric, "max_hold", {0});
  expectation.min = sim::Duration{std::chrono::seconds{6}}.count();
  cell.runs = 5;
  CHECK(judged(result) == Met::inconclusive);
  cell.runs = 10;
  CHECK(judged(result) == Met::no);
  result.scenario.expectations[0].min.reset();
  result.scenario.expectations[0].max = sim::Duration{std::chrono::seconds{4}}.count();
  cell.runs = 5;
  CHECK(judged(result) == Met::no);
}

TEST_CASE("judge: cells that were not made leave open what they might have shown", "[reports]") {
  ScenarioResult result = scenario_with({"saga"});
  expect(result, Kind::sometimes, "expired", {0, 1});
  result.is_interrupted = true;
  CHECK(judged(result) == Met::inconclusive);
  result.cells[0].result.runs_with_fact[static_cast<std::size_t>(sim::FactKind::expired)] = 1;
  CHECK(judged(result) == Met::yes);
  result.scenario.expectations.clear();
  Expectation& expectation = expect(result, Kind::metric, "messages", {0, 1});
  expectation.max = 5;
  CHECK(judged(result) == Met::inconclusive);
  result.cells[0].result.metrics.messages = 6;
  CHECK(judged(result) == Met::no);
}

TEST_CASE("judge: a metric that nothing was measured for is inconclusive", "[reports]") {
  ScenarioResult result = scenario_with({"saga"});
  expect(result, Kind::metric, "commit_latency.p99", {0}).max = 5;
  CHECK(judged(result) == Met::inconclusive);
}

TEST_CASE("judge: a failed expectation outweighs an inconclusive one", "[reports]") {
  ScenarioResult result = scenario_with({"saga"});
  CHECK(result.conclusion() == Conclusion::no_expectations);
  set_verdict(result, 0, Property::atomicity, Found::violated);
  expect(result, Kind::property, "termination", {0});
  check_expectations(result);
  CHECK(result.conclusion() == Conclusion::inconclusive);
  expect(result, Kind::property, "atomicity", {0});
  check_expectations(result);
  CHECK(result.conclusion() == Conclusion::not_as_expected);
}

TEST_CASE("judge: an interrupted run is at best inconclusive", "[reports]") {
  ScenarioResult result = scenario_with({"saga"});
  result.is_interrupted = true;
  CHECK(result.conclusion() == Conclusion::inconclusive);
}

}  // namespace
}  // namespace indoubt::reports
