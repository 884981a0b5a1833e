#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/base/time.hpp"

namespace indoubt::properties {

/// Counts durations in buckets, 64 for each octave, so that a quantile is at most 1/64 too large.
/// Below 64ns and at the maximum it is exact. Merging is commutative, so any order of runs gives
/// the same counts. Source: the idea of Gil Tene's HdrHistogram.
class Histogram {
 public:
  Histogram() : counts_(buckets) {}

  /// A negative duration counts as none.
  void add(sim::Duration value);
  void merge(const Histogram& other);
  void clear();

  /// How many values are in each bucket: with the maximum all that there is to it, for storing it.
  const std::vector<std::uint64_t>& bucket_counts() const { return counts_; }
  /// The histogram with these counts. Nothing if no values have them of which `max` is the largest.
  static std::optional<Histogram> of(std::vector<std::uint64_t> bucket_counts, sim::Duration max);

  std::uint64_t count() const { return count_; }
  sim::Duration max() const { return max_; }
  /// The smallest bucket's upper end that at least `numerator` / `denominator` of all values do not
  /// exceed; 0 if there are no values.
  sim::Duration quantile(std::uint32_t numerator, std::uint32_t denominator) const;
  /// The same by rank: what the smallest `rank` values do not exceed. 0 if the rank is 0.
  sim::Duration value_at(std::uint64_t rank) const;
  bool operator==(const Histogram&) const = default;

 private:
  static constexpr unsigned octave_bits = 6;
  static constexpr std::uint64_t per_octave = std::uint64_t{1} << octave_bits;
  static constexpr std::size_t buckets = (63 - octave_bits + 1) * per_octave;

  static std::size_t bucket_of(std::uint64_t value);
  static std::uint64_t upper_end(std::size_t bucket);

  std::vector<std::uint64_t> counts_;
  std::uint64_t count_ = 0;
  sim::Duration max_{};
};

}  // namespace indoubt::properties
