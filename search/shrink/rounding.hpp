#pragma once

#include <vector>

#include "sim/base/distribution.hpp"
#include "sim/base/time.hpp"

namespace indoubt::search {

/// Durations near this one that are written with fewer digits, or with a 1, 2 or 5 instead of
/// another digit: the simplest first, then the nearest. 1s is always near.
std::vector<sim::Duration> rounder_durations(sim::Duration duration);

/// The duration between two others that has the fewest digits. There is one.
sim::Duration roundest_between(sim::Duration after, sim::Duration before);

/// The duration to one significant digit.
sim::Duration to_one_digit(sim::Duration duration);

/// A duration in the middle of the distribution.
sim::Duration typical(const sim::Distribution& distribution);

}  // namespace indoubt::search
