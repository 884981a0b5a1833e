#pragma once

#include <string>
#include <utility>

#include "protocols/registry.hpp"
#include "reports/scenario_result.hpp"

/// Results made by hand, for tests of what is made of them.
namespace indoubt::reports::testing {

using properties::Property;
using scenarios::Expectation;

/// What a property found, made to have a given verdict in `runs` runs.
inline search::PropertyResult property_with(properties::Verdict verdict, std::uint64_t runs) {
  search::PropertyResult result;
  if (verdict == properties::Verdict::unknown) return result;
  result.checked = runs;
  if (verdict == properties::Verdict::holds) return result;
  result.violations = 37;
  result.first_seed = 42;
  result.reason = "order 118: store assigned its unit, but courier has not";
  return result;
}

/// A scenario that asks for `seeds` runs of one cell for each protocol.
inline ScenarioResult scenario_with(std::initializer_list<std::string> protocols,
                                    std::uint64_t seeds = 1000) {
  ScenarioResult result;
  result.scenario.file = "store-crash.json";
  result.scenario.name = "food-delivery/store-crash";
  result.scenario.seed_count = seeds;
  for (const std::string& protocol : protocols) {
    scenarios::Cell cell;
    cell.deployment.protocol.family = protocols::find_family(protocol);
    if (protocols.size() > 1) {
      cell.vars = {{"protocol", protocol}};
      cell.typed_vars = {{"protocol", "\"" + protocol + "\""}};
    }
    result.scenario.cells.push_back(std::move(cell));
    CellOutcome outcome;
    outcome.number = result.cells.size();
    outcome.result.first_seed = 1;
    outcome.result.runs = seeds;
    result.cells.push_back(std::move(outcome));
  }
  return result;
}

inline void set_verdict(ScenarioResult& result, std::size_t cell, Property property,
                        properties::Verdict verdict) {
  auto& found = result.cells[cell].result;
  found.properties[properties::index_of(property)] = property_with(verdict, found.runs);
}

/// Adds an expectation about these cells.
inline Expectation& expect(ScenarioResult& result, Expectation::Kind kind, std::string id,
                           std::vector<std::size_t> cells) {
  Expectation expectation;
  expectation.index = result.scenario.expectations.size();
  expectation.kind = kind;
  expectation.id = std::move(id);
  expectation.cells = std::move(cells);
  result.scenario.expectations.push_back(std::move(expectation));
  return result.scenario.expectations.back();
}

}  // namespace indoubt::reports::testing
