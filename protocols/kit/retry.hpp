#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include "sim/base/state_hash.hpp"
#include "sim/base/time.hpp"

namespace indoubt::kit {

/// How often something was tried, for a `Retry` to say how long to wait: it lengthens waits and
/// decides nothing. So it is no part of a role's state: whoever has tried more often does the same,
/// only later, and where the first wait is the longest not even that. A search that merges states
/// must wait that way, or it would take waits for alike that are not. A count that decides (after
/// so many attempts ..., whose turn is it) is a number of its own.
class Attempts {
 public:
  constexpr Attempts() = default;
  constexpr Attempts(std::uint32_t count) : count_{count} {}
  constexpr operator std::uint32_t() const { return count_; }
  constexpr std::uint32_t operator++(int) { return count_++; }

  constexpr bool operator==(const Attempts&) const { return true; }
  void hash_into(sim::StateHash&) const {}
  friend std::string to_text(Attempts attempts) { return std::to_string(attempts.count_); }

 private:
  std::uint32_t count_ = 0;
};

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
