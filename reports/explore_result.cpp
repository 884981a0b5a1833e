#include "reports/explore_result.hpp"

#include "scenarios/vocabulary.hpp"

namespace indoubt::reports {
namespace {

using scenarios::Expectation;

/// Whether runs of the cell met this fact, or this kind of fault.
bool has_seen(const CellSights& sights, std::string_view what) {
  const scenarios::Sight sight = scenarios::sight_named(what);
  if (sight.fact) return (sights.facts >> static_cast<unsigned>(*sight.fact) & 1u) != 0;
  return sight.action && (sights.actions >> static_cast<unsigned>(*sight.action) & 1u) != 0;
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
