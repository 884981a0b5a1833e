#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/time.hpp"

namespace indoubt::sim {

/// How a delay varies, as a scenario states it.
struct Distribution {
  enum class Shape : std::uint8_t { constant, uniform, exponential, lognormal, pareto };
  Shape shape = Shape::constant;
  Duration first{};   ///< constant: the value; uniform, pareto: min; exponential: mean; lognormal: median
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
  Duration operator()(std::uint64_t word) const {
    if (shape_ == Distribution::Shape::constant) return base_;
    return varying(word);
  }

 private:
  Duration varying(std::uint64_t word) const;
  std::int64_t within_bucket(std::uint64_t word) const;
  Duration tail(std::uint64_t word) const;
  void fill_exponential();
  void fill_lognormal(std::int64_t octaves_to_p99);  ///< as Q32
  void fill_pareto(std::int64_t octaves_to_p99);     ///< as Q32

  Distribution::Shape shape_ = Distribution::Shape::constant;
  Duration base_{};
  Duration span_{};                ///< uniform: max - min + 1
  std::uint64_t tail_factor_ = 0;  ///< pareto: growth of the last bucket, 32 fractional bits
  std::vector<std::int64_t> quantile_;  ///< bucket edges, in ns; empty for constant and uniform
};

}  // namespace indoubt::sim
