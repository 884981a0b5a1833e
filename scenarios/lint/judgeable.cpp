#include "scenarios/lint/judgeable.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/lint/place.hpp"

namespace indoubt::scenarios {
namespace {

/// For each cell the properties that its protocol cannot violate.
using Exempt = std::vector<std::vector<std::string_view>>;

Exempt exempt_in(const Scenario& scenario, const Knowledge& knowledge) {
  Exempt exempt;
  for (const Cell& cell : scenario.cells)
    exempt.push_back(knowledge.not_applicable(cell.deployment));
  return exempt;
}

void add_once(std::vector<std::string>& names, std::string_view name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
}

void lint_one(Report& report, const Value& place, const Scenario& scenario,
              const Expectation& expectation, const Exempt& exempt) {
  std::vector<std::string> names;
  std::size_t count = 0;
  for (const std::size_t cell : expectation.cells) {
    const auto& cannot = exempt[cell];
    if (std::find(cannot.begin(), cannot.end(), expectation.id) == cannot.end()) continue;
    add_once(names, scenario.cells[cell].deployment.protocol.name());
    ++count;
  }
  const bool is_all = count == expectation.cells.size();
  if (count == 0 || (expectation.verdict == Verdict::not_violated && !is_all)) return;
  report.warning(place.place, listed(names) + " cannot violate '" + expectation.id +
                                  "', so there is nothing to expect of it" +
                                  (is_all ? "" : "; 'where' leaves cells out"));
}

}  // namespace

void lint_judgeable(Report& report, const Value& expect, const Scenario& scenario,
                    const Knowledge& knowledge) {
  const auto& all = scenario.expectations;
  const auto is_of_property = [](const Expectation& expectation) {
    return expectation.kind == Expectation::Kind::property;
  };
  const bool is_asked = std::any_of(all.begin(), all.end(), is_of_property);
  if (knowledge.not_applicable == nullptr || !is_asked) return;
  const Exempt exempt = exempt_in(scenario, knowledge);
  for (const Expectation& expectation : all) {
    if (!is_of_property(expectation) || expectation.index >= expect.items.size()) continue;
    lint_one(report, expect.items[expectation.index], scenario, expectation, exempt);
  }
}

}  // namespace indoubt::scenarios
