#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "reports/compare/answers.hpp"
#include "reports/compare/comparison.hpp"
#include "reports/compare/finding_choice.hpp"
#include "reports/compare/measures.hpp"
#include "reports/compare/seed_ranges.hpp"
#include "tests/reports/results.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::reports {
namespace {

using namespace testing;
using properties::PropertySet;
using properties::Verdict;

PropertySet set_of(std::initializer_list<Property> properties) {
  PropertySet set;
  for (const Property property : properties) set.add(property);
  return set;
}

/// A run that was judged by these properties and violates or owes those.
search::RunSample run(PropertySet checked, PropertySet violated = {}, PropertySet owed = {}) {
  search::RunSample sample;
  sample.checked = checked;
  sample.violated = violated;
  sample.owed = owed;
  return sample;
}

/// Sums of a cell as its samples say.
void add_sums(search::CellResult& cell) {
  cell.runs = cell.samples.size();
  for (const search::RunSample& sample : cell.samples) {
    const auto of = [&](Property property) -> search::PropertyResult& {
      return cell.properties[index_of(property)];
    };
    sample.checked.for_each([&](Property property) { ++of(property).checked; });
    sample.violated.for_each([&](Property property) { ++of(property).violations; });
    sample.owed.for_each([&](Property property) { ++of(property).owed; });
  }
}

const auto atomic = questions()[0].pooled;

/// Every property of the pool holds in every run.
void set_all_hold(ScenarioResult& result) {
  for (std::size_t i = 0; i < result.cells.size(); ++i) {
    for (const properties::PropertyDecl& decl : properties::property_decls()) {
      set_verdict(result, i, decl.property, Verdict::holds);
    }
  }
}

std::string text_of(const std::vector<Sentence>& sentences) {
  std::string text;
  for (const Sentence& sentence : sentences) text += sentence.text() + "\n";
  return text;
}

}  // namespace

TEST_CASE("compare: a run that violates two pooled properties counts once", "[reports]") {
  search::CellResult cell;
  const PropertySet both = set_of({Property::atomicity, Property::agreement});
  cell.samples = {run(both), run(both, both), run(both, set_of({Property::agreement})),
                  run(set_of({Property::validity}))};
  add_sums(cell);
  const Pooled found = pooled(cell, atomic);
  CHECK(found.verdict == Verdict::violated);
  CHECK(found.runs == 2);
  CHECK(found.judged == 4);
  CHECK(found.most == Property::agreement);
}

TEST_CASE("compare: without samples a pool counts as often as the property violated most",
          "[reports]") {
  search::CellResult cell;
  cell.runs = 100;
  cell.properties[index_of(Property::atomicity)] = property_with(Verdict::violated, 100);
  cell.properties[index_of(Property::validity)] = property_with(Verdict::holds, 60);
  const Pooled found = pooled(cell, atomic);
  CHECK(found.verdict == Verdict::violated);
  CHECK(found.runs == 37);
  CHECK(found.judged == 100);
}

TEST_CASE("compare: owed counts where nothing is violated, and unknown says less", "[reports]") {
  search::CellResult cell;
  const PropertySet leak = set_of({Property::no_leak});
  cell.samples = {run(leak), run({}, {}, leak), run(leak)};
  add_sums(cell);
  const auto release = questions()[1].pooled;
  const Pooled found = pooled(cell, release);
  CHECK(found.verdict == Verdict::owed);
  CHECK(found.runs == 1);
  CHECK(found.judged == 3);
}

TEST_CASE("compare: what nothing exercised does not hide what holds, a bound does", "[reports]") {
  search::CellResult cell;
  cell.runs = 10;
  cell.properties[index_of(Property::atomicity)] = property_with(Verdict::holds, 10);
  CHECK(pooled(cell, atomic).verdict == Verdict::holds);
  cell.properties[index_of(Property::agreement)].unknown = 1;
  CHECK(pooled(cell, atomic).verdict == Verdict::unknown);
  for (search::PropertyResult& found : cell.properties) found.applies = false;
  CHECK(pooled(cell, questions()[2].pooled).verdict == Verdict::not_applicable);
}

TEST_CASE("compare: seeds are listed in pieces, first and last", "[reports]") {
  search::CellResult cell;
  cell.first_seed = 3;
  const PropertySet lost = set_of({Property::atomicity});
  cell.samples = {run(lost, lost), run(lost, lost), run(lost), run(lost, lost)};
  CHECK(violating_ranges(cell, lost, 4) == std::vector<std::uint64_t>{3, 4, 6, 6});
  CHECK(violating_ranges(cell, lost, 2) == std::vector<std::uint64_t>{3, 4});
  CHECK(violating_ranges(cell, set_of({Property::no_leak}), 4).empty());
}

TEST_CASE("compare: where too many seeds would be listed, fewer runs are, the same for all",
          "[reports]") {
  ScenarioResult result = scenario_with({"saga", "tcc"}, 0);
  const PropertySet lost = set_of({Property::atomicity});
  for (CellOutcome& cell : result.cells) {
    for (int i = 0; i < 64; ++i)
      cell.result.samples.push_back(run(lost, i % 2 == 0 ? lost : PropertySet{}));
    add_sums(cell.result);
  }
  CHECK(runs_listed({&result, 1}, 1000) == 64);
  CHECK(runs_listed({&result, 1}, 32) == 16);
}

TEST_CASE("compare: runs of one seed are paired, and what only one violates is counted",
          "[reports]") {
  ScenarioResult result = scenario_with({"saga", "tcc"}, 0);
  const PropertySet lost = set_of({Property::atomicity});
  result.cells[0].result.samples = {run(lost, lost), run(lost, lost), run(lost), run(lost)};
  result.cells[1].result.samples = {run(lost, lost), run(lost), run(lost, lost), run(lost)};
  for (CellOutcome& cell : result.cells) add_sums(cell.result);
  const PairedDifference difference = paired(result.cells[1], result.cells[0]);
  REQUIRE(difference.discordant.size() == 1);
  CHECK(difference.discordant[0].only_here == 1);
  CHECK(difference.discordant[0].only_there == 1);
}

TEST_CASE("compare: rows that no class tells apart share a group, and are named once",
          "[reports]") {
  ScenarioResult result =
      scenario_with({"three-phase-commit", "three-phase-commit", "three-phase-commit", "saga"});
  const std::array<std::string, 3> terminations{"timeout", "skeen", "quorum"};
  for (std::size_t i = 0; i < 3; ++i) {
    result.scenario.cells[i].deployment.protocol.options = {{"termination", terminations[i]}};
  }
  set_all_hold(result);
  set_verdict(result, 0, Property::atomicity, Verdict::violated);
  set_verdict(result, 1, Property::agreement, Verdict::violated);
  const Board board = board_of({&result, 1});
  const std::vector<Group> groups = groups_of(board);
  REQUIRE(groups.size() == 3);
  CHECK(groups[0] == Group{0, 1});
  CHECK(details_text(board, groups[0]) == "termination=timeout, skeen");
  CHECK(details_text(board, groups[1]) == "termination=quorum");
  CHECK(groups_of(board, 1u << 2).size() == 2);
}

TEST_CASE("compare: the answers name who breaks it in which class, and who keeps it", "[reports]") {
  std::vector<ScenarioResult> results{scenario_with({"saga", "tcc"}, 100),
                                      scenario_with({"saga", "tcc"}, 100)};
  results[0].scenario.name = "x/none";
  results[1].scenario.name = "x/loss";
  results[1].scenario.cells[0].deployment.network.loss = {10'000'000};
  for (ScenarioResult& result : results) set_all_hold(result);
  set_verdict(results[1], 0, Property::atomicity, Verdict::violated);
  CHECK(text_of(answer_to(board_of(results), 0)) ==
        "loss: lost by saga 37/100.\n"
        "kept in both classes (violated in fewer than 3.7% of runs): tcc.\n");
  CHECK(answer_to(board_of(results), 0)[0].sign == Verdict::violated);
}

TEST_CASE("compare: published samples are summed up beside others, and named alone", "[reports]") {
  ScenarioResult result = scenario_with({"saga", "tcc", "reservation", "outbox"}, 100);
  set_all_hold(result);
  for (std::size_t i = 1; i < 3; ++i) {
    result.scenario.cells[i].deployment.protocol.variant = "as-published";
    set_verdict(result, i, Property::atomicity, Verdict::violated);
  }
  CHECK(text_of(answer_to(board_of({&result, 1}), 0)) ==
        "kept in store-crash (violated in fewer than 3.7% of runs): saga and outbox.\n"
        "as published: lost by all 2 samples in store-crash.\n");
  for (scenarios::Cell& cell : result.scenario.cells) {
    cell.deployment.protocol.variant = "as-published";
  }
  CHECK(answer_to(board_of({&result, 1}), 0)[0].text() ==
        "store-crash: lost by tcc as published 37/100 and reservation as published 37/100.");
}

TEST_CASE("compare: a protocol is told by what it keeps, loses, owes and costs", "[reports]") {
  ScenarioResult result = scenario_with({"saga"}, 100);
  set_verdict(result, 0, Property::atomicity, Verdict::holds);
  set_verdict(result, 0, Property::isolation, Verdict::violated);
  result.cells[0].result.properties[index_of(Property::no_leak)].owed = 3;
  result.cells[0].result.outcomes.placed = 10;
  result.cells[0].result.metrics.messages = 85;
  const std::vector<Portrait> portraits = portraits_of(board_of({&result, 1}));
  REQUIRE(portraits.size() == 1);
  CHECK(portraits[0].idea == "sagas");
  CHECK(text_of(portraits[0].sentences) ==
        "Keeps atomicity.\n"
        "Loses isolation (store-crash).\n"
        "Owes no-leak (store-crash).\n"
        "Costs 8.5 messages and 0.0 forces an order, in store-crash.\n");
}

TEST_CASE("compare: findings show each form and question once, then other properties",
          "[reports]") {
  ScenarioResult result = scenario_with({"saga", "tcc"}, 100);
  set_verdict(result, 0, Property::agreement, Verdict::violated);
  set_verdict(result, 0, Property::isolation, Verdict::violated);
  set_verdict(result, 1, Property::isolation, Verdict::violated);
  const FindingChoices choices = choose_findings({&result, 1}, 10);
  REQUIRE(choices.chosen.size() == 2);
  CHECK(choices.chosen[0].property == Property::agreement);
  CHECK(choices.chosen[1].property == Property::isolation);
  CHECK(choices.left_out == 1);
  CHECK(choose_findings({&result, 1}, 1).left_out == 2);
}

TEST_CASE("compare: JSON has no number that is not whole, whatever the runs", "[reports]") {
  ScenarioResult result = scenario_with({"saga", "tcc"}, 100);
  set_verdict(result, 0, Property::atomicity, Verdict::violated);
  const auto json = nlohmann::json::parse(comparison_json({.results = {&result, 1}}));
  CHECK(json.at("rows").size() == 2);
  CHECK(json.at("scenarios")[0].at("cells")[0].at("answers").at("atomic").at("runs") == 37);
  const std::function<bool(const nlohmann::json&)> is_whole = [&](const nlohmann::json& part) {
    if (part.is_number_float()) return false;
    return !part.is_structured() || std::all_of(part.begin(), part.end(), is_whole);
  };
  CHECK(is_whole(json));
}

TEST_CASE("compare: a page has its data as text, whatever names say", "[reports]") {
  ScenarioResult result = scenario_with({"saga"}, 100);
  result.scenario.name = "</script><b>";
  const Comparison comparison{.results = {&result, 1}};
  const std::string page = comparison_page(comparison, {"indoubt", "compare", "today"});
  CHECK(page.find("</script><b>") == std::string::npos);
  CHECK(page.find(R"(\u003c/script>\u003cb>)") != std::string::npos);
}

}  // namespace indoubt::reports
