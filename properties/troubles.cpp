#include "properties/troubles.hpp"

#include <algorithm>

namespace indoubt::properties {

void Troubles::cover(sim::TrueTime from, sim::TrueTime now) {
  sim::TrueTime first = from;
  for (; !over_.empty() && over_.back().until >= from; over_.pop_back()) {
    first = std::min(first, over_.back().from);
  }
  if (on_ == 0) {
    over_.push_back({first, now});
  } else {
    since_ = std::min(since_, first);
  }
}

bool Troubles::meet(sim::TrueTime from, sim::TrueTime until) const {
  if (on_ != 0 && since_ <= until) return true;
  // Intervals do not overlap, so those that end in time are the last ones.
  const auto first = std::partition_point(
      over_.begin(), over_.end(), [&](const Interval& interval) { return interval.until < from; });
  return first != over_.end() && first->from <= until;
}

}  // namespace indoubt::properties
