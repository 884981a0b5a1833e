#include "search/shrink/rounding.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <tuple>

namespace indoubt::search {
namespace {

using sim::Duration;

/// The largest power of ten that is not above the value; 1 for 0.
std::int64_t magnitude(std::int64_t value) {
  std::int64_t power = 1;
  while (value / power >= 10) power *= 10;
  return power;
}

/// How hard a length is to read: significant digits first, then whether it is one of 1, 5, 2.
int roughness(std::int64_t value) {
  if (value == 0) return 0;
  while (value % 10 == 0) value /= 10;
  int digits = 1;
  while (value >= 10) {
    value /= 10;
    ++digits;
  }
  const int first = value == 1 ? 0 : value == 5 ? 1 : value == 2 ? 2 : 3;
  return 4 * digits + first;
}

/// The value to the nearest multiple of `step`.
std::int64_t nearest(std::int64_t value, std::int64_t step) {
  return (value + step / 2) / step * step;
}

}  // namespace

std::vector<Duration> rounder_durations(Duration duration) {
  const std::int64_t sign = duration.count() < 0 ? -1 : 1;
  const std::int64_t value = std::abs(duration.count());
  const std::int64_t power = magnitude(value);
  std::vector<std::int64_t> all{1'000'000'000,
                                power,
                                10 * power,
                                5 * power,
                                2 * power,
                                value / power * power,
                                (value / power + 1) * power};
  for (std::int64_t step = power / 10; step >= std::max<std::int64_t>(1, power / 1000);
       step /= 10) {
    all.push_back(nearest(value, step));
  }
  const int own = roughness(value);
  std::erase_if(all, [&](std::int64_t other) { return roughness(other) >= own; });
  const auto key = [&](std::int64_t other) {
    return std::tuple{roughness(other), std::abs(other - value), other};
  };
  std::sort(all.begin(), all.end(), [&](auto a, auto b) { return key(a) < key(b); });
  all.erase(std::unique(all.begin(), all.end()), all.end());
  std::vector<Duration> durations;
  for (const std::int64_t other : all) durations.emplace_back(sign * other);
  return durations;
}

Duration roundest_between(Duration after, Duration before) {
  for (std::int64_t step = magnitude(before.count()); step > 1; step /= 10) {
    const Duration candidate{(after.count() / step + 1) * step};
    if (candidate < before) return candidate;
  }
  return after + Duration{1};
}

Duration to_one_digit(Duration duration) {
  const std::int64_t value = duration.count();
  return Duration{nearest(value, magnitude(value))};
}

Duration typical(const sim::Distribution& distribution) {
  if (distribution.shape == sim::Distribution::Shape::uniform) {
    return distribution.first + (distribution.second - distribution.first) / 2;
  }
  return distribution.first;
}

}  // namespace indoubt::search
