#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace indoubt::reports {

/// A share of runs, in millionths, so that reports agree to the last digit everywhere.
struct Interval {
  std::uint32_t low_ppm = 0;
  std::uint32_t high_ppm = 1'000'000;
  bool operator==(const Interval&) const = default;
};

/// Where the true share lies with 95% confidence, after `k` of `n` independent runs. Everything is
/// possible after none. Source: Wilson, Probable Inference, the Law of Succession, and Statistical
/// Inference (1927).
Interval wilson(std::uint64_t k, std::uint64_t n);

/// "0.38%", "12%", "<0.01%": millionths as a percentage of two digits, rounded up.
std::string percent(std::uint32_t ppm);

/// The mean of differences, and how far the true mean may lie from it with 95% confidence.
struct MeanDifference {
  double mean = 0;
  double half_width = 0;
  std::size_t count = 0;
  bool is_clear() const { return count > 1 && (mean > half_width || mean < -half_width); }
};

/// By the normal approximation, which is good for hundreds of pairs.
MeanDifference mean_difference(const std::vector<double>& differences);

}  // namespace indoubt::reports
