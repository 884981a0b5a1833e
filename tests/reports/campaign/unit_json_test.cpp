#include "reports/campaign/unit_json.hpp"

#include "search/run/simulation.hpp"
#include "tests/support/deployments.hpp"
#include "tests/support/rapidcheck.hpp"

namespace indoubt::reports {
namespace {

using search::UnitResult;

UnitResult unit_of(std::uint64_t number, std::uint64_t runs) {
  const search::Simulation simulation = search::make_simulation(test::random_deployment(number));
  const search::CampaignOptions options{};
  return search::UnitWorker{simulation, options}.run(0, runs);
}

/// A result in which nothing has the value that it begins with.
UnitResult full_unit() {
  UnitResult unit = unit_of(11, 3);
  search::CellResult& result = unit.result;
  for (search::PropertyResult& property : result.properties)
    property = {1, 2, 3, 4, 5, 6, "with \"quotes\"\n", ~std::uint64_t{0}, false};
  result.outcomes.missed.fill(7);
  result.outcomes.late = 8;
  result.outcomes.by_kind.fill({9, 10, 11});
  search::CellMetrics& metrics = result.metrics;
  metrics.slowest = metrics.most_blocked = {sim::Duration{12}, 13, 14};
  metrics.max_hold = metrics.longest_in_doubt = {sim::Duration{15}, 16, 17};
  metrics.blocked = sim::Duration{18};
  metrics.dirty_reads = 19;
  metrics.fuzzy_reads = 20;
  metrics.lost_updates = 21;
  metrics.served_twice = 22;
  metrics.turned_away = 23;
  metrics.latencies.effect.add(sim::Duration::max());
  metrics.latencies.commit.add(sim::Duration{0});
  result.runs_with_fact.fill(24);
  result.runs_with_action.fill(25);
  result.faults = {{26, 27, 28}, {}};
  result.runs_by_end.fill(29);
  result.first_cut_short = "seed 1 was still busy";
  result.nondeterminism = "seed 2 ran differently";
  return unit;
}

const UnitHead head{.plan = "0123456789abcdef", .unit = 4, .runs = 3};

TEST_CASE("unit json: every part of a result comes back", "[campaign]") {
  const UnitResult unit = full_unit();
  const auto read = read_unit_json(unit_json(head, unit), head);
  REQUIRE(std::holds_alternative<UnitResult>(read));
  CHECK(std::get<UnitResult>(read) == unit);
}

TEST_CASE("unit json: results of runs come back, and are written in one way", "[campaign]") {
  rc::prop("a unit is read as it was", [] {
    const auto number = *rc::gen::inRange<std::uint64_t>(0, 10'000);
    const UnitHead own{.plan = "p", .unit = 0, .runs = 5};
    const UnitResult unit = unit_of(number, 5);
    const std::string text = unit_json(own, unit);
    const auto read = read_unit_json(text, own);
    RC_ASSERT(std::holds_alternative<UnitResult>(read));
    RC_ASSERT(std::get<UnitResult>(read) == unit);
    RC_ASSERT(unit_json(own, std::get<UnitResult>(read)) == text);
  });
}

TEST_CASE("unit json: whatever is done to a file, it is not taken for a result", "[campaign]") {
  const std::string text = unit_json(head, full_unit());
  const auto is_refused = [](const std::string& changed) {
    return std::holds_alternative<std::string>(read_unit_json(changed, head));
  };
  CHECK_FALSE(is_refused(text));
  std::size_t taken = 0;
  for (std::size_t i = 0; i < text.size(); i += 3) {
    for (const char other : {'0', '1', '9', ' ', '"', '\0', '\xff'}) {
      if (text[i] == other) continue;
      std::string changed = text;
      changed[i] = other;
      if (!is_refused(changed)) ++taken;
    }
    if (!is_refused(text.substr(0, i))) ++taken;
  }
  CHECK(taken == 0);
  CHECK(is_refused(text + " "));
  CHECK(is_refused(" " + text));
}

TEST_CASE("unit json: a result of another plan, unit or number of runs is refused", "[campaign]") {
  const std::string text = unit_json(head, full_unit());
  const auto problem = [&](UnitHead other) {
    const auto read = read_unit_json(text, other);
    const auto* words = std::get_if<std::string>(&read);
    return words == nullptr ? std::string{} : *words;
  };
  CHECK(problem(head).empty());
  CHECK(problem({"fedcba9876543210", 4, 3}) == "belongs to another campaign");
  CHECK(problem({head.plan, 5, 3}) == "is damaged");
  CHECK(problem({head.plan, 4, 2}) == "is damaged");
}

}  // namespace
}  // namespace indoubt::reports
