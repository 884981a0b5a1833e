#include "search/campaign/plan.hpp"

#include <algorithm>
#include <set>

namespace indoubt::search {

Slice CampaignPlan::slice(std::uint64_t unit) const {
  const std::uint64_t first = unit % units_of_cell() * unit_size;
  return {.cell = static_cast<std::size_t>(unit / units_of_cell()),
          .first_run = first,
          .runs = std::min(unit_size, runs - first)};
}

std::uint64_t usual_unit_size(std::size_t cells, std::uint64_t runs) {
  constexpr std::size_t most_units = 4096;
  const std::uint64_t most = std::max<std::size_t>(1, most_units / std::max<std::size_t>(1, cells));
  const std::uint64_t units = (runs + runs_per_unit - 1) / runs_per_unit;
  return runs_per_unit * std::max<std::uint64_t>(1, (units + most - 1) / most);
}

std::vector<std::uint64_t> shards_with(const std::vector<std::uint64_t>& units, std::uint64_t of) {
  std::set<std::uint64_t> shards;
  for (const std::uint64_t unit : units) shards.insert(unit % of + 1);
  return {shards.begin(), shards.end()};
}

}  // namespace indoubt::search
