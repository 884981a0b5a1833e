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

std::vector<std::uint64_t> shards_with(const std::vector<std::uint64_t>& units, std::uint64_t of) {
  std::set<std::uint64_t> shards;
  for (const std::uint64_t unit : units) shards.insert(unit % of + 1);
  return {shards.begin(), shards.end()};
}

}  // namespace indoubt::search
