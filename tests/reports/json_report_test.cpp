#include "reports/json_report.hpp"

#include "tests/reports/results.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::reports {
namespace {

using namespace testing;

TEST_CASE("json report: the whole of a small result, byte for byte", "[reports]") {
  ScenarioResult result = scenario_with({"saga"}, 3);
  CellOutcome& cell = result.cells[0];
  cell.result.digest = 0x0123'4567'89ab'cdefu;
  cell.result.events = 17;
  cell.result.outcomes = {.placed = 1, .not_placed = 2, .unknown = 3};
  cell.result.metrics.messages = 5;
  cell.result.metrics.lost_updates = 6;
  result.scenario.cells[0].vars = {{"ttl", "5s"}, {"loss", "0.01"}};
  set_verdict(result, 0, Property::atomicity, properties::Verdict::violated);
  cell.result.properties[index_of(Property::atomicity)].orders_violating = 41;
  cell.faults = {"cut"};
  cell.result.faults = {{.runs = 2, .orders = 5, .messages = 7}};
  auto& expectation = expect(result, Expectation::Kind::property, "atomicity", {0});
  expectation.where = {{"ttl", "5s"}};
  check_expectations(result);
  const std::string json = json_report(result);

  const std::string beginning =
      R"({"format":1,"scenario":"food-delivery/store-crash","cells":[{"protocol":"saga",)"
      R"("vars":{"ttl":"5s","loss":"0.01"},"first_seed":1,"runs":3,"events":17,)"
      R"("digest":"0123456789abcdef","outcomes":{"placed":1,"not_placed":2,"unknown":3},)"
      R"("properties":{"atomicity":{"verdict":"violated","checked":3,"violations":37,"owed":0,)"
      R"("first_seed":42,"reason":"order 118: store assigned its unit, but courier has not",)"
      R"("orders_violating":41},)"
      R"("agreement":{"verdict":"unknown","checked":0,"violations":0,"owed":0,)"
      R"("first_seed":null,"reason":null,"orders_violating":0},)";
  const std::string end =
      R"("metrics":{"messages":5,"forced_writes":0,"commit_latency":{"p50_ns":0,"p99_ns":0,)"
      R"("max_ns":0},"blocked_ns":0,"max_hold_ns":0,)"
      R"("effect_latency":{"p50_ns":0,"p99_ns":0,"max_ns":0},"longest_in_doubt_ns":0,)"
      R"("isolation":{"dirty_reads":0,"fuzzy_reads":0,"lost_updates":6},)"
      R"("throughput_milli":0,"goodput_milli":0},)"
      R"("missed":{"no cause":0,"declined":0,"out of stock":0,"lost or harmed":0,)"
      R"("trouble at a node":0,"late":0,"cancelled":0,"poison":0},)"
      R"("faults":[{"id":"cut","runs":2,"orders":5,"messages":7}],)"
      R"("settings":{"style":"orchestrated","call_timeout":"1s","retry":"200ms",)"
      R"("retry_max":"2s","semantic_locks":"false","queues":"false","supervisor":"false"}}],)"
      R"("expectations":[{"index":0,"id":"atomicity",)"
      R"("where":{"ttl":"5s"},"met":false}],"verdict":"not as expected"})"
      "\n";
  CHECK(json.substr(0, beginning.size()) == beginning);
  REQUIRE(json.size() > end.size());
  CHECK(json.substr(json.size() - end.size()) == end);
}

TEST_CASE("json report: what was interrupted says that it is a part", "[reports]") {
  ScenarioResult result = testing::scenario_with({"saga"});
  CHECK(json_report(result).find("complete") == std::string::npos);
  result.is_interrupted = true;
  CHECK(json_report(result).ends_with(R"("verdict":"inconclusive","complete":false})"
                                      "\n"));
}

TEST_CASE("json report: inconclusive is null", "[reports]") {
  ScenarioResult result = scenario_with({"saga"});
  expect(result, Expectation::Kind::property, "atomicity", {0});
  check_expectations(result);
  CHECK(json_report(result).find(R"("met":null)") != std::string::npos);
}

TEST_CASE("json report: bytes that are not UTF-8 do not break it", "[reports]") {
  ScenarioResult result = scenario_with({"saga"});
  result.scenario.name = "bad \xff name\n";
  const std::string json = json_report(result);
  CHECK(json.find("\\n") != std::string::npos);
  CHECK(json.find('\xff') == std::string::npos);
}

}  // namespace
}  // namespace indoubt::reports
