#include "reports/compare/seed_ranges.hpp"

#include <algorithm>

namespace indoubt::reports {
namespace {

using properties::PropertyDecl;
using properties::PropertySet;

PropertySet only(properties::Property property) {
  PropertySet set;
  set.add(property);
  return set;
}

/// How many numbers the lists of all cells and properties have together.
std::size_t numbers_of(std::span<const ScenarioResult> results, std::uint64_t runs) {
  std::size_t numbers = 0;
  for (const ScenarioResult& result : results) {
    for (const CellOutcome& cell : result.cells) {
      for (const PropertyDecl& decl : properties::property_decls()) {
        if (cell.result[decl.property].violations == 0) continue;
        numbers += violating_ranges(cell.result, only(decl.property), runs).size();
      }
    }
  }
  return numbers;
}

}  // namespace

std::vector<std::uint64_t> violating_ranges(const search::CellResult& cell, PropertySet pool,
                                            std::uint64_t runs) {
  std::vector<std::uint64_t> ranges;
  const auto end = static_cast<std::size_t>(std::min<std::uint64_t>(runs, cell.samples.size()));
  for (std::size_t i = 0; i < end; ++i) {
    if ((cell.samples[i].violated.bits() & pool.bits()) == 0) continue;
    const std::uint64_t seed = cell.first_seed + i;
    if (!ranges.empty() && ranges.back() + 1 == seed) {
      ranges.back() = seed;
    } else {
      ranges.insert(ranges.end(), {seed, seed});
    }
  }
  return ranges;
}

std::uint64_t runs_listed(std::span<const ScenarioResult> results, std::size_t most) {
  std::uint64_t runs = 0;
  for (const ScenarioResult& result : results) {
    for (const CellOutcome& cell : result.cells) runs = std::max(runs, cell.result.runs);
  }
  while (runs > 1 && numbers_of(results, runs) > most) runs /= 2;
  return runs;
}

}  // namespace indoubt::reports
