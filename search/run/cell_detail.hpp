#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "properties/histogram.hpp"
#include "properties/judge.hpp"
#include "sim/world/world.hpp"

namespace indoubt::search {

/// Times in few buckets, four for each octave from 1ms on: enough to follow a quantile over time.
class CoarseTimes {
 public:
  void add(sim::Duration value) { ++counts_[bucket_of(value)]; }
  void append(const CoarseTimes& other);
  /// What the smallest `rank` values do not exceed; of what lies above the last bucket, its end.
  sim::Duration value_at(std::uint64_t rank) const;
  bool operator==(const CoarseTimes&) const = default;

 private:
  static constexpr std::size_t buckets = 80;  // up to about a quarter of an hour

  static std::size_t bucket_of(sim::Duration value);
  static sim::Duration upper_end(std::size_t bucket);

  std::array<std::uint32_t, buckets> counts_{};
};

/// The orders that came in one piece of time, over all runs.
struct ArrivalBin {
  std::uint64_t orders = 0;
  std::uint64_t placed = 0;
  std::uint64_t answered = 0;  ///< these, and those that were told "not placed"
  CoarseTimes latency{};       ///< of the answered
  sim::Duration faulted{};     ///< time in which a fault was in force, summed over the runs
  void append(const ArrivalBin& next);
  bool operator==(const ArrivalBin&) const = default;
};

/// What the orders of a cell went through, in an amount of memory that does not grow with the runs.
/// Sums, counts and histograms: any order of runs gives the same.
struct CellDetail {
  static constexpr std::size_t bins = 30;

  CellDetail() = default;
  /// Orders come within `span`; those that come later count as the last of them.
  explicit CellDetail(sim::Duration span);

  properties::Histogram answered{};  ///< from request to the first answer, however late
  std::uint64_t unanswered = 0;      ///< orders whose client never got one
  properties::Histogram settled{};   ///< from request until the last service was done with it
  std::uint64_t unsettled = 0;       ///< orders with which some service never was
  std::uint64_t unmet = 0;           ///< orders that no service had to do with
  properties::Histogram in_doubt{};  ///< of services that were, each about one order
  std::uint64_t still_in_doubt = 0;  ///< at the end
  sim::Duration held{};              ///< summed over all holds
  std::uint64_t holds = 0;
  sim::Duration bin_width{};  ///< 0: all orders come at once
  std::array<ArrivalBin, bins> arrivals{};

  ArrivalBin& bin_at(sim::TrueTime at);
  /// Adds what other runs went through.
  void append(const CellDetail& next);
  bool operator==(const CellDetail&) const = default;
};

/// Adds the run that was made last.
void add_detail(const sim::World& world, const properties::Judge& judge, CellDetail& detail);

}  // namespace indoubt::search
