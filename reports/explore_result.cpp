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

bool have_one_cause(const scenarios::Scenario& scenario, const ExploreFinding& a,
                    const ExploreFinding& b) {
  const kit::ProtocolChoice& of_a = scenario.cells[a.cell].deployment.protocol;
  const kit::ProtocolChoice& of_b = scenario.cells[b.cell].deployment.protocol;
  return a.shape.failure == b.shape.failure && a.missing == b.missing &&
         of_a.name() == of_b.name() && of_a.variant == of_b.variant && of_a.mutants == of_b.mutants;
}

}  // namespace

std::vector<FindingsOfCause> ExploreResult::causes() const {
  std::vector<FindingsOfCause> all;
  for (const ExploreFinding& finding : findings) {
    const auto known = std::find_if(all.begin(), all.end(), [&](const FindingsOfCause& cause) {
      return have_one_cause(scenario, *cause.findings.front(), finding);
    });
    (known == all.end() ? all.emplace_back() : *known).findings.push_back(&finding);
  }
  for (FindingsOfCause& cause : all) {
    std::stable_sort(cause.findings.begin(), cause.findings.end(),
                     [](const ExploreFinding* a, const ExploreFinding* b) {
                       return a->faults.size() < b->faults.size();
                     });
  }
  return all;
}

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
