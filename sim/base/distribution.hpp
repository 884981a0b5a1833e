#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/time.hpp"

namespace indoubt::sim {

/// How a delay varies, as a scenario states it.
struct Distribution {
  enum class Shape : std::uint8_t { constant, uniform, exponential, lognormal, pareto };
  Shape shape = Shape::constant;
  Duration
      first{};  ///< constant: the value; uniform, pareto: min; exponential: mean; lognormal: median
  Duration second{};  ///< uniform: max; lognormal, pareto: p99
  bool operator==(const Distribution&) const = default;

  static constexpr Distribution constant(Duration value) {
    return {Shape::constant, value, Duration{}};
  }
};

/// Draws from one `Distribution` by a table of quantiles, in integers only, so that every build
/// draws the same. Exponential and Pareto tails are exact (their last bucket draws again from
/// itself); the lognormal is cut at its 1/16384 quantiles.
class Sampler {
 public:
  Sampler() = default;
  explicit Sampler(const Distribution& distribution);

  /// The delay that a random word stands for.
  [[gnu::always_inline]] Duration operator()(std::uint64_t word) const {
    if (shape_ == Distribution::Shape::constant) return base_;
    return varying(word);
  }

 private:
  static constexpr int bucket_bits = 10;
  static constexpr std::size_t buckets = std::size_t{1} << bucket_bits;
  static constexpr std::size_t last_bucket = buckets - 1;

  [[gnu::always_inline]] Duration varying(std::uint64_t word) const {
    const auto bucket = static_cast<std::size_t>(word >> (64 - bucket_bits));
    if (bucket < ordinary_buckets_) return Duration{within_bucket(bucket, word)};
    return special(word);
  }
  /// Between the edges of a bucket, in a straight line.
  std::int64_t within_bucket(std::size_t bucket, std::uint64_t word) const {
    __extension__ using Wide = unsigned __int128;
    const std::uint64_t part = word << bucket_bits;
    const auto width = static_cast<std::uint64_t>(quantile_[bucket + 1] - quantile_[bucket]);
    return quantile_[bucket] + static_cast<std::int64_t>((Wide{width} * part) >> 64);
  }
  Duration special(std::uint64_t word) const;
  Duration tail(std::uint64_t word) const;
  void fill_exponential();
  void fill_lognormal(std::int64_t octaves_to_p99);  ///< as Q32
  void fill_pareto(std::int64_t octaves_to_p99);     ///< as Q32

  Distribution::Shape shape_ = Distribution::Shape::constant;
  Duration base_{};
  Duration span_{};                     ///< uniform: max - min + 1
  std::uint64_t tail_factor_ = 0;       ///< pareto: growth of the last bucket, 32 fractional bits
  std::size_t ordinary_buckets_ = 0;    ///< those without a tail; 0: all are special
  std::vector<std::int64_t> quantile_;  ///< bucket edges, in ns; empty for constant and uniform
};

/// What so many of 1,000 draws stay below: at most 999, which is before any tail.
Duration quantile(const Distribution& distribution, std::uint32_t thousandths);

}  // namespace indoubt::sim
