#include "tests/scenarios/example.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::scenarios::testing {
namespace {

constexpr std::string_view plain_sweep = R"("sweep": { "seeds": { "count": 10 } })";
constexpr std::string_view plain_name = R"("name": "two-phase-commit")";

/// The small scenario with another `sweep`; its latency, orders and protocol are as given.
std::string swept(std::string_view sweep, std::string_view latency = R"("5ms")",
                  std::string_view orders = "20", std::string_view protocol = plain_name) {
  std::string text = replaced(small_scenario(), plain_sweep, "\"sweep\": " + std::string{sweep});
  text = replaced(text, R"("5ms")", latency);
  text = replaced(text, R"("orders": 20)", "\"orders\": " + std::string{orders});
  return replaced(text, plain_name, protocol);
}

std::vector<std::string> vars_of(const Scenario& scenario) {
  std::vector<std::string> lines;
  for (const Cell& cell : scenario.cells) {
    std::string line;
    for (const auto& [name, value] : cell.vars) {
      line += (line.empty() ? "" : " ") + name + "=" + value;
    }
    lines.push_back(line);
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("sweep: without one there is one cell without variables", "[scenarios][sweep]") {
  const Scenario scenario = read_valid(small_scenario());
  CHECK(vars_of(scenario) == Lines{""});
  CHECK(scenario.seed_count == 10);
}

TEST_CASE("sweep: the last variable of a matrix goes fastest", "[scenarios][sweep]") {
  const Scenario scenario = read_valid(swept(
      R"({ "matrix": { "late": ["1ms", "2ms"], "n": [3, 4] } })", R"("${late}")", R"("${n}")"));
  CHECK(vars_of(scenario) == Lines{"late=1ms n=3", "late=1ms n=4", "late=2ms n=3", "late=2ms n=4"});
  CHECK(scenario.cells[1].deployment.workload.orders == 4);
  CHECK(scenario.cells[1].typed_vars == Bindings{{"late", "\"1ms\""}, {"n", "4"}});
}

TEST_CASE("sweep: zipped variables go in step, after the matrix", "[scenarios][sweep]") {
  const Scenario scenario = read_valid(swept(R"({ "zip": { "late": ["1ms", "2ms"], "n": [3, 4] },
                 "matrix": { "p": ["two-phase-commit", "outbox"] } })",
                                             R"("${late}")", R"("${n}")", R"("name": "${p}")"));
  CHECK(vars_of(scenario) == Lines{"p=two-phase-commit late=1ms n=3",
                                   "p=two-phase-commit late=2ms n=4", "p=outbox late=1ms n=3",
                                   "p=outbox late=2ms n=4"});
}

TEST_CASE("sweep: excluded combinations go, included cells come last", "[scenarios][sweep]") {
  const Scenario scenario = read_valid(swept(R"({ "matrix": { "late": ["1ms", "2ms"], "n": [3, 4] },
                 "exclude": [ { "late": "1ms", "n": 4 }, { "late": "2ms" } ],
                 "include": [ { "n": 9, "late": "7ms" } ] })",
                                             R"("${late}")", R"("${n}")"));
  CHECK(vars_of(scenario) == Lines{"late=1ms n=3", "late=7ms n=9"});
}

TEST_CASE("sweep: include alone lists the cells", "[scenarios][sweep]") {
  const Scenario scenario =
      read_valid(swept(R"({ "include": [ { "n": 1 }, { "n": 2 } ] })", R"("5ms")", R"("${n}")"));
  CHECK(vars_of(scenario) == Lines{"n=1", "n=2"});
}

TEST_CASE("sweep: a variable may stand for an object, or take a key away", "[scenarios][sweep]") {
  const std::string text =
      replaced(swept(R"({ "matrix": { "late": [{ "dist": "uniform", "min": "1ms", "max": "2ms" }],
                             "back": ["1s", null] } })",
                     R"("${late}")"),
               R"("node": "store" })", R"("node": "store", "restart_after": "${back}" })");
  const Scenario scenario = read_valid(text);
  REQUIRE(scenario.cells.size() == 2);
  CHECK(scenario.cells[0].vars[0].second == R"({"dist":"uniform","min":"1ms","max":"2ms"})");
  CHECK(scenario.cells[0].deployment.network.latency.shape == sim::Distribution::Shape::uniform);
  CHECK(scenario.cells[0].deployment.faults[0].restart_after.has_value());
  CHECK_FALSE(scenario.cells[1].deployment.faults[0].restart_after.has_value());
}

TEST_CASE("sweep: a whole fault may be swept, too", "[scenarios][sweep]") {
  const std::string text = replaced(swept(R"({ "matrix": { "fault": [null,
                          { "at": "2s", "do": "pause", "node": "courier" }] } })"),
                                    R"("node": "store" })", R"("node": "store" }, "${fault}")");
  const Scenario scenario = read_valid(text);
  REQUIRE(scenario.cells.size() == 2);
  CHECK(scenario.cells[0].deployment.faults.size() == 1);
  CHECK(scenario.cells[1].deployment.faults.at(1).id == "pause-2");
}

TEST_CASE("sweep: a wrong value is shown where it is written", "[scenarios][sweep]") {
  CHECK(errors_in(swept(R"({ "matrix": { "late": ["1ms", 2, "3"] } })", R"("${late}")")) ==
        Lines{"16:42: expected a duration such as \"150ms\", found the number 2 (through ${late}); "
              "did you mean \"2ms\"?",
              "16:45: a duration needs a unit (ns, us, ms, s, m or h) (through ${late}); "
              "did you mean '3ms'?"});
}

TEST_CASE("sweep: a misspelt variable gets a hint, the unused one a warning",
          "[scenarios][sweep]") {
  CHECK(errors_in(swept(R"({ "matrix": { "late": ["1ms"] } })", R"("${lat}")")) ==
        Lines{"10:27: the sweep has no variable 'lat'; did you mean '${late}'?"});
  CHECK(warnings_in(swept(R"({ "matrix": { "late": ["1ms"] } })")) ==
        Lines{"16:26: the variable 'late' is not used"});
  CHECK(warnings_in(swept(R"({ "matrix": { "n": [1] }, "exclude": [ { "n": 2 } ] })", R"("5ms")",
                          R"("${n}")")) == Lines{"16:51: this excludes no combination"});
}

TEST_CASE("sweep: a variable that only names cells gets no warning", "[scenarios][sweep]") {
  const auto warnings = [](const std::string& sweep) {
    return warnings_in(swept(sweep, R"("${late}")"));
  };
  CHECK(warnings(R"({ "zip": { "late": ["1ms", "2ms"], "case": ["soon", "late"] } })").empty());
  CHECK(warnings(R"({ "include": [ { "late": "1ms", "case": "soon" },
                                   { "late": "2ms", "case": "late" } ] })")
            .empty());
  // These name nothing: the cells are the same, or all have the same name.
  const Lines unused{"16:47: the variable 'case' is not used"};
  CHECK(warnings(R"({ "zip": { "late": ["1ms", "1ms"], "case": ["soon", "late"] } })") == unused);
  CHECK(warnings(R"({ "zip": { "late": ["1ms", "2ms"], "case": ["soon", "soon"] } })") == unused);
  const Lines crossed{"16:50: the variable 'case' is not used"};
  CHECK(warnings(R"({ "matrix": { "late": ["1ms", "2ms"], "case": ["soon", "late"] } })") ==
        crossed);
}

TEST_CASE("sweep: ten thousand cells are read, and one more is too many", "[scenarios][sweep]") {
  std::string numbers = "1";
  std::string delays = "\"1us\"";
  for (int i = 2; i <= 100; ++i) {
    numbers += ", " + std::to_string(i);
    delays += ", \"" + std::to_string(i) + "us\"";
  }
  const std::string matrix = R"("matrix": { "n": [)" + numbers + R"(], "late": [)" + delays + "] }";
  const auto with = [&](const std::string& sweep) {
    return swept(sweep, R"("${late}")", R"("${n}")");
  };
  CHECK(read_valid(with("{ " + matrix + " }")).cells.size() == 10'000);
  CHECK(errors_in(with("{ " + matrix + R"(, "include": [ { "n": 101, "late": "1us" } ] })")) ==
        Lines{"16:12: the sweep has 10001 cells; at most 10000 can be run"});
}

TEST_CASE("sweep: where chooses by values of any type, and by protocol", "[scenarios][sweep]") {
  const std::string text = replaced(
      swept(R"({ "matrix": { "n": [3, 4], "p": ["two-phase-commit", "outbox"] } })", R"("5ms")",
            R"("${n}")", R"("name": "${p}")"),
      R"("verdict": "holds")", R"("verdict": "holds", "where": { "n": 4, "protocol": "outbox" })");
  const Scenario scenario = read_valid(text);
  CHECK(scenario.expectations.at(0).cells == std::vector<std::size_t>{3});
  CHECK(scenario.expectations.at(0).where == Bindings{{"n", "4"}, {"protocol", "outbox"}});
  CHECK(scenario.expectations.at(0).typed_where ==
        Bindings{{"n", "4"}, {"protocol", "\"outbox\""}});
}

TEST_CASE("sweep: where with values that no cell has together is an error", "[scenarios][sweep]") {
  const std::string text = replaced(
      swept(R"({ "zip": { "n": [3, 4], "m": ["1ms", "2ms"] } })", R"("${m}")", R"("${n}")"),
      R"("verdict": "holds")", R"("verdict": "holds", "where": { "n": 3, "m": "2ms" })");
  CHECK(errors_in(text) == Lines{"18:61: no cell has all of these values"});
}

}  // namespace indoubt::scenarios::testing
