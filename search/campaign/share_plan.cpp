#include "search/campaign/share_plan.hpp"

#include <numeric>

namespace indoubt::search {

std::uint64_t SharePlan::units() const { return first_of(shares.size()); }

std::uint64_t SharePlan::first_of(std::size_t cell) const {
  const auto end = shares.begin() + static_cast<std::ptrdiff_t>(cell);
  return std::accumulate(shares.begin(), end, std::uint64_t{0});
}

CellShare SharePlan::share(std::uint64_t unit) const {
  CellShare found{.cell = 0, .place = unit};
  while (found.place >= shares[found.cell]) found.place -= shares[found.cell++];
  return found;
}

}  // namespace indoubt::search
