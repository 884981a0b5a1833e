#pragma once

#include <algorithm>
#include <cstdint>

#include "sim/base/time.hpp"

namespace indoubt::business {

/// How long to wait before trying again: doubling from `first` to at most `longest`.
struct Retry {
  sim::Duration first = std::chrono::milliseconds{200};
  sim::Duration longest = std::chrono::seconds{2};

  /// The wait after `attempts` earlier ones.
  sim::Duration after(std::uint32_t attempts) const {
    const std::uint32_t doublings = std::min(attempts, 30u);
    if (first.count() > longest.count() >> doublings) return longest;
    return first * (std::int64_t{1} << doublings);
  }
};

}  // namespace indoubt::business
