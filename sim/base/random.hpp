#pragma once

#include <compare>
#include <cstdint>

#include "sim/base/mix.hpp"

namespace indoubt::sim {

/// A random word named by its key: a pure function, so that one draw never shifts another.
constexpr std::uint64_t draw(std::uint64_t key, std::uint64_t counter) {
  const std::uint64_t once =
      multiply_fold(key ^ 0xa076'1d64'78bd'642fu, counter ^ 0xe703'7ed1'a0b4'28dbu);
  return multiply_fold(once ^ key, counter + 0x8ebc'6af0'9c88'c6e3u + (once >> 7));
}

/// The word that a node draws under a name about an order, the same each time it does: `name` is
/// the hash of the name, `number` that of the order.
constexpr std::uint64_t fixed_word(std::uint64_t seed, std::uint64_t node_key, std::uint64_t name,
                                   std::uint32_t number) {
  return draw(mix(seed ^ name, node_key), number);
}

/// A uniform number below `bound` from a random word (Lemire's multiplication, bias below 2^-32
/// for bounds below 2^32). `bound` must not be 0.
constexpr std::uint64_t below(std::uint64_t word, std::uint64_t bound) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::uint64_t>((static_cast<Wide>(word) * bound) >> 64);
}

/// A probability in parts per billion: exact in files, in comparisons and on every platform.
struct Probability {
  std::uint32_t parts_per_billion = 0;
  auto operator<=>(const Probability&) const = default;

  static constexpr Probability certain() { return {1'000'000'000}; }
  constexpr bool is_zero() const { return parts_per_billion == 0; }
  constexpr bool is_certain() const { return *this == certain(); }
  constexpr bool happens(std::uint64_t word) const {
    return below(word, 1'000'000'000) < parts_per_billion;
  }
};

}  // namespace indoubt::sim
