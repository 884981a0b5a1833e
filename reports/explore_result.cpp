#include "reports/explore_result.hpp"

#include "scenarios/vocabulary.hpp"

namespace indoubt::reports {
namespace {

using scenarios::Expectation;

/// Whether runs of the cell met this fact, or this kind of fault.
bool has_seen(const CellSights& sights, std::string_view what) {
  if (const auto fact = sim::scenario_fact(what))
    return (sights.facts >> static_cast<unsigned>(*fact) & 1u) != 0;
  const auto actions = scenarios::action_names();
  const auto at = std::find(actions.begin(), actions.end(), what);
  return at != actions.end() && (sights.actions >> (at - actions.begin()) & 1) != 0;
}

bool is_about(const Expectation& expectation, std::size_t cell) {
  const auto& cells = expectation.cells;
  return std::find(cells.begin(), cells.end(), cell) != cells.end();
}

}  // namespace

std::vector<const Expectation*> ExploreResult::unseen() const {
  std::vector<const Expectation*> missing;
  for (const Expectation& expectation : scenario.expectations) {
    if (expectation.kind != Expectation::Kind::sometimes) continue;
    bool is_asked = false;
    bool is_seen = false;
    for (const CellSights& cell : sights) {
      if (!is_about(expectation, cell.cell)) continue;
      is_asked = true;
      is_seen = is_seen || has_seen(cell, expectation.id);
    }
    if (is_asked && !is_seen) missing.push_back(&expectation);
  }
  return missing;
}

}  // namespace indoubt::reports
