#include "reports/text/text_report.hpp"

#include <sstream>

#include "reports/text/table.hpp"
#include "tests/reports/results.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::reports {
namespace {

using namespace testing;
using Found = properties::Verdict;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

ScenarioResult weak_saga() {
  ScenarioResult result = scenario_with({"saga", "tcc"});
  for (std::size_t cell : {0u, 1u}) {
    set_verdict(result, cell, Property::agreement, Found::holds);
    set_verdict(result, cell, Property::atomicity, cell == 0 ? Found::violated : Found::holds);
  }
  return result;
}

TEST_CASE("style: columns count characters, not bytes and not colours", "[reports]") {
  CHECK(columns("abc") == 3);
  CHECK(columns("✓ a") == 3);
  CHECK(columns("\x1b[32m✓\x1b[0m") == 1);
  CHECK(padded("✓", 3) == "✓  ");
}

TEST_CASE("style: text is broken at blanks, and a long word stays whole", "[reports]") {
  CHECK(wrapped("one two three", 8, "  ") == "  one\n  two\n  three\n");
  CHECK(wrapped("one two three", 9, "  ") == "  one two\n  three\n");
  CHECK(wrapped("abcdefghij k", 5, "", "  ") == "abcdefghij\n  k\n");
  CHECK(wrapped("", 5, "- ") == "- \n");
  CHECK(wrapped("a 12 %, b", 6, "") == "a\n12 %,\nb\n");
}

TEST_CASE("style: glyphs have an ASCII form, and colours are only decoration", "[reports]") {
  CHECK(marked({.colour = false, .unicode = true}, Found::violated) == "✗ violated");
  CHECK(marked({.colour = false, .unicode = false}, Found::violated) == "x violated");
  CHECK(marked({.colour = true, .unicode = false}, Found::holds) == "\x1b[32m+ holds\x1b[0m");
}

TEST_CASE("table: columns fit their widest entry, figures stand to the right", "[reports]") {
  Table table;
  table.add_column("name");
  table.add_column("n", Table::Align::right);
  table.add_row({"a", "1"});
  table.add_row({"longer", "1,000"});
  CHECK(table.text(" ") == " name        n\n a           1\n longer  1,000\n");
}

TEST_CASE("table: what does not fit beside the first column stands below", "[reports]") {
  Table table;
  for (const char* heading : {"name", "one", "two", "three"}) table.add_column(heading);
  table.add_row({"a", "1", "2", "3"});
  CHECK(table.text_within(22, 1, " ") == table.text(" "));
  CHECK(table.text_within(21, 1, " ") ==
        " name  one  two\n a     1    2\n\n name  three\n a     3\n");
  // At least one, however narrow it is.
  CHECK(table.text_within(5, 2, "") ==
        "name  one  two\na     1    2\n\nname  one  three\na     1    3\n");
}

TEST_CASE("text report: what was not as expected comes first, with its command", "[reports]") {
  ScenarioResult result = weak_saga();
  expect(result, Expectation::Kind::property, "atomicity", {0, 1});
  check_expectations(result);
  const std::string text = text_report(result, {});
  CHECK(has(text, "x not as expected"));
  CHECK(has(text, "found: violated in 37 of 1,000 runs, protocol=saga"));
  CHECK(has(text, "seed 42: order 118"));
  CHECK(has(text, "indoubt trace store-crash.json --seed 42 --protocol saga"));
  CHECK(text.find("Not as expected") < text.find("hold in every cell: agreement"));
  CHECK(!has(text, "Observed"));
}

TEST_CASE("text report: an expected violation is told with its reason", "[reports]") {
  ScenarioResult result = weak_saga();
  auto& expectation = expect(result, Expectation::Kind::property, "atomicity", {0});
  expectation.verdict = scenarios::Verdict::violated;
  expectation.why = "it has no votes";
  check_expectations(result);
  const std::string text = text_report(result, {});
  CHECK(has(text, "+ as expected"));
  CHECK(has(text, "Violated, as expected"));
  CHECK(has(text, "why: it has no votes"));
}

TEST_CASE("text report: a violation that nobody spoke of is an observation", "[reports]") {
  ScenarioResult result = weak_saga();
  check_expectations(result);
  const std::string text = text_report(result, {});
  CHECK(has(text, "  no expectations\n"));
  CHECK(has(text, "Observed: violated, and no expectation speaks of it"));
}

TEST_CASE("text report: faults that never took place are told once for all cells", "[reports]") {
  ScenarioResult result = weak_saga();
  for (CellOutcome& cell : result.cells) {
    cell.faults = {"crash"};
    cell.result.faults = {{}};
  }
  result.cells[0].unapplied = {.faults = {"broker-crash"}, .nodes = {{"cut", "broker"}}};
  const std::string text = text_report(result, {});
  CHECK(has(text, "- fault 'crash' never took place\n"));
  CHECK(has(text, "- fault 'broker-crash' does not apply: saga lacks what it names (in 1 of 2"));
  CHECK(
      has(text_report(result, {.width = 200}),
          "- fault 'cut' does not apply to 'broker': saga has no such node with these options (in "
          "1 of 2"));
}

TEST_CASE("text report: what several protocols lack is told once", "[reports]") {
  ScenarioResult result = scenario_with({"saga", "tcc", "outbox", "reservation", "paxos-commit"});
  const auto lack = [&](std::size_t cell, const std::string& protocol, const std::string& what) {
    result.scenario.cells[cell].notes.push_back(
        "the fault '" + what + "' does not apply: " + protocol + " has no message '" + what + "'");
  };
  lack(0, "saga", "vote");
  lack(1, "tcc", "vote");
  lack(0, "saga", "ack");
  lack(1, "tcc", "ack");
  lack(2, "outbox", "ack");
  lack(3, "reservation", "ack");
  const std::string text = text_report(result, {});
  CHECK(has(text,
            "- the fault 'vote' does not apply: saga and tcc have no message 'vote' (in 2 of 5"));
  CHECK(
      has(text, "- the fault 'ack' does not apply: 4 protocols have no message 'ack' (in 4 of 5"));
}

TEST_CASE("text report: a fault that took place and met nobody is a remark", "[reports]") {
  ScenarioResult result = weak_saga();
  sim::NamedFault fault;
  fault.id = "late";
  fault.nodes = {"store"};
  fault.restart_after = sim::Duration{std::chrono::hours{1}};
  for (std::size_t i = 0; i < result.cells.size(); ++i) {
    result.scenario.cells[i].deployment.faults = {fault};
    result.cells[i].faults = {"late"};
    result.cells[i].result.faults = {{.runs = 7, .orders = i, .messages = 0}};
  }
  const std::string text = text_report(result, {.width = 200});
  CHECK(has(text, "- fault 'late' took place and met nobody: store crashes"));
  CHECK(has(text, "(in 1 of 2 cells)"));
  CHECK(has(text, "- fault 'late' is to last 1h, but what faults do ends at quiet_after (30s)\n"));
}

TEST_CASE("text report: timeouts that leave no order to judge are named", "[reports]") {
  ScenarioResult result = scenario_with({"saga"});
  auto& found = result.cells[0].result;
  const std::string note = "took longer than a third of the shortest timeout (call_timeout 1s)";
  CHECK(!has(text_report(result, {.width = 300}), note));
  // A disk that fails or fills is no late one, and not every late message hinders an order.
  found.runs_with_fact[static_cast<std::size_t>(sim::FactKind::disk)] = 1;
  found.runs_with_fact[static_cast<std::size_t>(sim::FactKind::late)] = 1;
  CHECK(!has(text_report(result, {.width = 300}), note));
  found.outcomes.late = 1;
  CHECK(has(text_report(result, {.width = 300}), note));
  found.properties[index_of(Property::fulfilment)].checked = 1;
  CHECK(!has(text_report(result, {.width = 300}), note));
}

TEST_CASE("text report: orders per second are told where messages take time", "[reports]") {
  ScenarioResult result = scenario_with({"saga"});
  search::CellResult& cell = result.cells[0].result;
  cell.outcomes.placed = 5;
  cell.metrics.answered = 7;
  cell.metrics.serving = std::chrono::seconds{2};
  cell.metrics.turned_away = 1'234;
  CHECK(!has(text_report(result, {.width = 300}), "goodput"));
  std::vector<kit::NodeDecl>& nodes = result.scenario.cells[0].deployment.nodes;
  nodes.push_back({.name = "store", .role = {}, .host = {}});
  nodes.back().work.time = sim::Distribution::constant(std::chrono::milliseconds{1});
  CHECK(has(text_report(result, {.width = 300}), "throughput  goodput\n"));
  CHECK(has(text_report(result, {.width = 300}), "3.5/s    2.5/s\n"));
  nodes.back().work.queue = 1;
  CHECK(has(text_report(result, {.width = 300}), "3.5/s    2.5/s        1,234\n"));
}

TEST_CASE("text report: a metric that misses its bound names the order and how to see it",
          "[reports]") {
  ScenarioResult result = scenario_with({"saga"});
  result.cells[0].result.metrics.max_hold = {sim::Duration{662'700'031}, 42, 118};
  auto& hold = expect(result, Expectation::Kind::metric, "max_hold", {0});
  hold.unit = sim::Unit::nanoseconds;
  hold.max = 1;
  expect(result, Expectation::Kind::metric, "messages", {0}).min = 1'000'000'000;
  check_expectations(result);
  const std::string text = text_report(result, {});
  CHECK(has(text,
            "found: 662.700031ms\n      seed 42: the largest is order 118's, with 662ms\n"
            "      indoubt trace store-crash.json --seed 42 --order 118\n"));
  CHECK(has(text, "of all runs together; no order is the one that fails it"));
}

TEST_CASE("text report: what is violated is counted in runs and in orders", "[reports]") {
  ScenarioResult result = weak_saga();
  result.cells[0].result.outcomes = {.placed = 11'000, .not_placed = 900, .unknown = 100};
  result.cells[0].result.properties[index_of(Property::atomicity)].orders_violating = 41;
  CHECK(has(text_report(result, {}), "violated in 37 of 1,000 runs, by 41 of 12,000 orders"));
}

TEST_CASE("text report: fits 100 columns, whatever is swept", "[reports]") {
  ScenarioResult result = weak_saga();
  for (scenarios::Cell& cell : result.scenario.cells) {
    cell.vars.emplace_back("reservation_ttl", "1500ms");
    cell.vars.emplace_back("crash_place", std::string(70, 'x'));
  }
  for (const auto& doc : properties::property_decls()) {
    set_verdict(result, 1, doc.property, Found::violated);
  }
  check_expectations(result);
  std::istringstream lines{text_report(result, {.colour = true, .unicode = true, .width = 96})};
  for (std::string line; std::getline(lines, line);) {
    if (has(line, "indoubt trace") || has(line, std::string(70, 'x'))) continue;
    INFO(line);
    CHECK(columns(line) <= 100);
  }
}

TEST_CASE("text summary: one line for each scenario", "[reports]") {
  const std::array<ScenarioResult, 2> results{weak_saga(), scenario_with({"tcc"})};
  const std::string text = text_summary(results, {}, {});
  CHECK(has(text, "  no expectations  food-delivery/store-crash\n"));
  CHECK(has(text, "\n2 scenarios, 3,000 runs, 0 events\n"));
}

TEST_CASE("text summary: what could not be run is counted as missing", "[reports]") {
  const std::array<ScenarioResult, 1> results{weak_saga()};
  const std::array<UnreadableFile, 1> unreadable{{{"bad.json", "bad.json:1:1: error: no"}}};
  const std::string text = text_summary(results, unreadable, {});
  CHECK(has(text, "x not run          bad.json\n"));
  CHECK(has(text, "\n1 of 2 scenarios, "));
}

}  // namespace
}  // namespace indoubt::reports
