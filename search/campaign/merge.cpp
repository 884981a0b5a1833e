#include "search/campaign/merge.hpp"

#include <algorithm>
#include <cstddef>

namespace indoubt::search {
namespace {

UnitConflict conflict_of(const CampaignPlan& plan, std::uint64_t unit, const UnitResult& one,
                         const UnitResult& other) {
  const Slice slice = plan.slice(unit);
  UnitConflict conflict{.unit = unit, .cell = slice.cell};
  const auto [at, _] = std::mismatch(one.digests.begin(), one.digests.end(), other.digests.begin(),
                                     other.digests.end());
  if (at == one.digests.end()) return conflict;
  const auto run = static_cast<std::uint64_t>(at - one.digests.begin());
  conflict.seed = plan.first_seed + slice.first_run + run;
  return conflict;
}

/// What the stores have of a unit: that of the first, and a conflict if another has it otherwise.
std::optional<UnitResult> find_unit(const CampaignPlan& plan, std::uint64_t unit,
                                    const std::vector<UnitStore*>& stores,
                                    std::vector<UnitConflict>& conflicts) {
  std::optional<UnitResult> found;
  for (UnitStore* store : stores) {
    std::optional<UnitResult> next = store->find(unit);
    if (!next) continue;
    if (!found) {
      found = std::move(next);
    } else if (*found != *next) {
      conflicts.push_back(conflict_of(plan, unit, *found, *next));
      break;
    }
  }
  return found;
}

}  // namespace

MergedUnits merge_units(const CampaignPlan& plan, const std::vector<UnitStore*>& stores) {
  MergedUnits merged;
  merged.cells.resize(plan.cells);
  for (CellResult& cell : merged.cells) cell.first_seed = plan.first_seed;
  for (std::uint64_t unit = 0; unit < plan.units(); ++unit) {
    const auto found = find_unit(plan, unit, stores, merged.conflicts);
    if (found) {
      append(merged.cells[plan.slice(unit).cell], *found);
    } else {
      merged.missing.push_back(unit);
    }
  }
  return merged;
}

}  // namespace indoubt::search
