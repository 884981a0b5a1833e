#include "scenarios/writer.hpp"

#include "tests/scenarios/example.hpp"
#include "tests/scenarios/random_deployment.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/rapidcheck.hpp"

namespace indoubt::scenarios::testing {
namespace {

Scenario single(kit::Deployment deployment) {
  Scenario scenario;
  scenario.name = "random";
  scenario.description = "\"quoted\"\n\xe2\x82\xac";
  scenario.first_seed = 42;
  scenario.seed_count = 7;
  Cell cell;
  cell.deployment = std::move(deployment);
  scenario.cells.push_back(std::move(cell));
  return scenario;
}

}  // namespace

TEST_CASE("writer: what was written reads as an equal deployment", "[scenarios][writer]") {
  rc::prop("a random deployment survives", [] {
    const kit::Deployment deployment = *random_deployment();
    const std::string text = write_scenario(single(deployment));
    const ReadResult result = read(text);
    if (const auto* errors = std::get_if<std::vector<Diagnostic>>(&result)) {
      RC_FAIL(format(*errors) + text);
    }
    const auto& scenario = std::get<Scenario>(result);
    RC_ASSERT(scenario.cells.size() == 1u);
    if (!(scenario.cells[0].deployment == deployment)) RC_FAIL(text);
    RC_ASSERT(scenario.cells[0].notes.empty());
    RC_ASSERT(scenario.first_seed == 42u);
    RC_ASSERT(scenario.seed_count == 7u);
    RC_ASSERT(scenario.description == "\"quoted\"\n\xe2\x82\xac");
    RC_ASSERT(write_scenario(scenario) == text);
  });
}

TEST_CASE("writer: a cell of a sweep keeps the expectations about it", "[scenarios][writer]") {
  std::string text = replaced(small_scenario(), R"("seeds": { "count": 10 })",
                              R"("matrix": { "p": ["two-phase-commit", "outbox"] })");
  text = replaced(text, R"("two-phase-commit" })", R"("${p}" })");
  text = replaced(text, R"({ "property": "atomicity", "verdict": "holds" })",
                  R"({ "property": "atomicity", "verdict": "violated", "why": "why",
                       "where": { "p": "outbox" } },
                     { "metric": "commit_latency.p99", "min": "1ms", "max": "2s" },
                     { "metric": "messages", "max": 7, "where": { "p": "two-phase-commit" } },
                     { "metric": "messages", "min": 3, "per": "run" },
                     { "sometimes": "crash" })");
  const Scenario scenario = read_valid(text);
  REQUIRE(scenario.cells.size() == 2);
  const Scenario second = read_valid(write_scenario(scenario, 1));
  REQUIRE(second.expectations.size() == 4);
  CHECK(second.expectations[0].verdict == Verdict::violated);
  CHECK(second.expectations[0].why == "why");
  CHECK(second.expectations[1].min == 1'000'000);
  CHECK(second.expectations[1].max == 2'000'000'000);
  CHECK_FALSE(second.expectations[1].is_per_run);
  CHECK(second.expectations[2].is_per_run);
  CHECK(second.expectations[3].id == "crash");
  CHECK(second.cells.at(0).deployment == scenario.cells[1].deployment);
}

TEST_CASE("writer: short parts stand on one line", "[scenarios][writer]") {
  const std::string text = write_scenario(read_valid(small_scenario()));
  CHECK(text == R"({
  "format": 1,
  "name": "small",
  "nodes": {
    "orders": { "role": "coordinator" },
    "store": { "stock": { "packet": 10 } },
    "courier": { "stock": { "agent": 3 } }
  },
  "workload": { "orders": 20, "takes": { "store": { "packet": 1 }, "courier": { "agent": 1 } } },
  "protocol": { "name": "two-phase-commit" },
  "faults": [{ "id": "crash-1", "at": "1s", "do": "crash", "node": "store" }],
  "sweep": { "seeds": { "first": 1, "count": 10 } },
  "expect": [{ "property": "atomicity", "verdict": "holds" }]
}
)");
}

}  // namespace indoubt::scenarios::testing
