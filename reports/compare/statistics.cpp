#include "reports/compare/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace indoubt::reports {
namespace {

constexpr double z = 1.959964;  ///< of the normal distribution, for 95% on both sides

constexpr std::uint32_t whole_ppm = 1'000'000;

/// What a share is rounded to: hundredths of a percent within 1% of an end, tenths within 10%,
/// whole ones between; and where that would leave nothing, not at all.
std::uint32_t step_at(std::uint32_t ppm) {
  const std::uint32_t to_end = std::min(ppm, whole_ppm - ppm);
  if (to_end < 100) return 1;
  return to_end < 10'000 ? 100 : to_end < 100'000 ? 1'000 : 10'000;
}

std::string percent_text(std::uint32_t ppm) {
  std::string fraction = std::to_string(ppm % 10'000);
  fraction.insert(0, 4 - fraction.size(), '0');
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return std::to_string(ppm / 10'000) + (fraction.empty() ? "" : "." + fraction) + "%";
}

}  // namespace

Interval wilson(std::uint64_t k, std::uint64_t n) {
  if (n == 0) return {};
  const auto runs = static_cast<double>(n);
  const double share = static_cast<double>(k) / runs;
  const double centre = share + z * z / (2 * runs);
  const double spread = z * std::sqrt(share * (1 - share) / runs + z * z / (4 * runs * runs));
  const double scale = 1 + z * z / runs;
  const auto ppm = [](double value) { return std::clamp(value, 0.0, 1.0) * 1e6; };
  // Rounded outwards. At the ends it is set to exactly 0 or 1: the formula gives that, too, except
  // for rounding errors.
  const double low = k == 0 ? 0 : std::floor(ppm((centre - spread) / scale));
  const double high = k == n ? 1e6 : std::ceil(ppm((centre + spread) / scale));
  return {static_cast<std::uint32_t>(low), static_cast<std::uint32_t>(high)};
}

std::string percent_down(std::uint32_t ppm) {
  return percent_text(ppm / step_at(ppm) * step_at(ppm));
}

std::string percent_up(std::uint32_t ppm) {
  const std::uint32_t step = step_at(ppm);
  return percent_text((ppm + step - 1) / step * step);
}

WholeMean whole(const MeanDifference& mean, double scale) {
  WholeMean result{.mean = std::llround(mean.mean * scale)};
  if (!mean.half_width) return result;
  result.low = std::llround((mean.mean - *mean.half_width) * scale);
  result.high = std::llround((mean.mean + *mean.half_width) * scale);
  return result;
}

MeanDifference mean_difference(const std::vector<double>& differences) {
  MeanDifference result;
  result.count = differences.size();
  if (differences.empty()) return result;
  const auto count = static_cast<double>(differences.size());
  for (const double difference : differences) result.mean += difference / count;
  if (differences.size() < 2) return result;
  double squares = 0;
  for (const double difference : differences) {
    squares += (difference - result.mean) * (difference - result.mean);
  }
  result.half_width = z * std::sqrt(squares / (count - 1) / count);
  return result;
}

}  // namespace indoubt::reports
