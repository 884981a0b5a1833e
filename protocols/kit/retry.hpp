#pragma once

#include <algorithm>
#include <cstdint>

#include "sim/base/time.hpp"

namespace indoubt::kit {

/// How long to wait before trying again: doubling from `first` to at most `longest`, and never less
/// than `shortest`: a role that tried again at once, all the time, would keep simulated time from
/// passing.
struct Retry {
  static constexpr sim::Duration shortest = std::chrono::milliseconds{1};
  sim::Duration first = std::chrono::milliseconds{200};
  sim::Duration longest = std::chrono::seconds{2};

  /// No wait is longer.
  sim::Duration limit() const { return std::max(longest, shortest); }

  /// The wait after `attempts` earlier ones.
  sim::Duration after(std::uint32_t attempts) const {
    const std::uint32_t doublings = std::min(attempts, 30u);
    if (first.count() > longest.count() >> doublings) return limit();
    return std::max(first * (std::int64_t{1} << doublings), shortest);
  }
};

}  // namespace indoubt::kit
