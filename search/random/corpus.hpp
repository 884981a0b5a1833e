#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "search/random/coverage.hpp"
#include "sim/world/fault.hpp"

namespace indoubt::search {

/// A run that may have reached something new: its own faults, and what it reached.
struct Candidate {
  sim::Schedule faults{};
  std::vector<std::uint32_t> things{};
};

/// The schedules of runs that reached something which no run before them had. Search goes on from
/// them: where a run got somewhere, one with another fault may get further. Source: coverage-guided
/// fuzzing (Zalewski, "American Fuzzy Lop", 2014).
class Corpus {
 public:
  /// In the order of the runs, whichever thread made them.
  void offer(const Candidate& candidate) {
    if (!reached_.add(candidate.things)) return;
    ++kept_;
    if (schedules_.size() < most) {
      schedules_.push_back(candidate.faults);
    } else {
      schedules_[kept_ % most] = candidate.faults;  // the oldest have had their turn
    }
  }
  bool is_new(std::span<const std::uint32_t> things) const {
    for (const std::uint32_t thing : things) {
      if (!reached_.has(thing)) return true;
    }
    return false;
  }
  const std::vector<sim::Schedule>& schedules() const { return schedules_; }
  /// How many reached something new.
  std::uint64_t kept() const { return kept_; }

 private:
  static constexpr std::size_t most = 1024;

  Reached reached_;
  std::vector<sim::Schedule> schedules_;
  std::uint64_t kept_ = 0;
};

}  // namespace indoubt::search
