#pragma once

#include <array>
#include <cstdint>

namespace indoubt::bench {

__extension__ typedef unsigned __int128 Wide;

/// Multiplies and folds: every bit of the result depends on every bit of both words.
inline std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

/// The n-th random word of a stream: counter mode, so streams are independent and keep no state.
inline std::uint64_t random_word(std::uint64_t stream, std::uint64_t n) {
  constexpr std::uint64_t seed = 0x2d358dccaa6c78a5;
  return mix((n + 1) * 0x9e3779b97f4a7c15 ^ seed, (stream + 1) * 0x8bb84b93962eacc9);
}

/// A number below `bound` (Lemire). The bias is bound / 2^32, equal for all contenders.
inline std::uint32_t below(std::uint32_t random, std::uint32_t bound) {
  return static_cast<std::uint32_t>((std::uint64_t{random} * bound) >> 32);
}

/// Quantiles of the exponential distribution with a mean of 1000 ticks, at least one tick each.
/// Integers only: the same table everywhere, with no logarithm asked of the C library.
class ExponentialTable {
 public:
  static constexpr std::uint32_t size = 4096;

  ExponentialTable() {
    std::uint64_t sum = 0;  // ln(2 * size / k), in units of 1 / one
    for (std::uint32_t i = 0; i < size; ++i) {
      const std::uint64_t k = 2 * size - 1 - 2 * std::uint64_t{i};
      sum += i == 0 ? log_of_ratio(4 * size - 1) : log_of_ratio(k + 1);
      const std::uint64_t ticks = (sum * 1000) / one;
      ticks_[i] = static_cast<std::uint32_t>(ticks == 0 ? 1 : ticks);
    }
  }

  std::uint32_t delay(std::uint64_t random) const { return ticks_[random % size]; }

 private:
  static constexpr std::uint64_t one = std::uint64_t{1} << 40;

  // ln((n + 1) / (n - 1)) = 2 (1/n + 1/3n^3 + 1/5n^5 + ...)
  static std::uint64_t log_of_ratio(std::uint64_t n) {
    std::uint64_t sum = 0;
    std::uint64_t term = 2 * one / n;
    for (std::uint64_t divisor = 1; term != 0; divisor += 2) {
      sum += term / divisor;
      term /= n * n;
    }
    return sum;
  }

  std::array<std::uint32_t, size> ticks_{};
};

}  // namespace indoubt::bench
