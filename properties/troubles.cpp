#include "properties/troubles.hpp"

#include <algorithm>

namespace indoubt::properties {

bool Troubles::meet(sim::TrueTime from, sim::TrueTime until) const {
  if (on_ != 0 && since_ <= until) return true;
  // Intervals do not overlap, so those that end in time are the last ones.
  const auto first = std::partition_point(
      over_.begin(), over_.end(), [&](const Interval& interval) { return interval.until < from; });
  return first != over_.end() && first->from <= until;
}

}  // namespace indoubt::properties
