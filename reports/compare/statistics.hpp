#pragma once

#include <cstdint>
#include <optional>
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

// Millionths as a percentage: "0.38%", "12%", "99.72%". Two digits of what is missing to the nearer
// end, and as many as it takes that what lies between 0% and 100% never shows as one of them.
/// Rounded down, for a lower bound.
std::string percent_down(std::uint32_t ppm);
/// Rounded up, for an upper bound.
std::string percent_up(std::uint32_t ppm);

/// The mean of differences, and how far the true mean may lie from it with 95% confidence.
struct MeanDifference {
  double mean = 0;
  std::optional<double> half_width{};  ///< nothing: too few pairs to tell
  std::size_t count = 0;
  bool is_clear() const { return half_width && (mean > *half_width || mean < -*half_width); }
};

/// A mean in whole parts, and between which ones the true mean lies, if that can be told.
struct WholeMean {
  std::int64_t mean = 0;
  std::optional<std::int64_t> low{};
  std::optional<std::int64_t> high{};
};
/// In parts of which `scale` are one.
WholeMean whole(const MeanDifference& mean, double scale);

/// By the normal approximation, which is good for hundreds of pairs. One pair says nothing of
/// chance.
MeanDifference mean_difference(const std::vector<double>& differences);

}  // namespace indoubt::reports
