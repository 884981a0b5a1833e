#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace indoubt::sim {

/// Folds the 128-bit product of two words into one: the mixing step of every hash here (wyhash's
/// "mum"). As a product it is symmetric in its arguments; callers mix a different key into each one
/// first, so that swapped values give different hashes.
constexpr std::uint64_t multiply_fold(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

/// Mixes a word into a running hash.
constexpr std::uint64_t mix(std::uint64_t hash, std::uint64_t word) {
  return multiply_fold(hash ^ 0x9e37'79b9'7f4a'7c15u, word ^ 0xe703'7ed1'a0b4'28dbu) + word;
}

/// Up to eight letters as a number, the first in its lowest byte.
constexpr std::uint64_t letters_word(const char* letters, std::size_t count) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < count; ++i) {
    word |= std::uint64_t{static_cast<unsigned char>(letters[i])} << (8 * i);
  }
  return word;
}

/// Hash of a name, by its bytes: the same on every platform and in every build.
constexpr std::uint64_t hash_name(std::string_view name) {
  std::uint64_t hash = 0xcbf2'9ce4'8422'2325u;
  const std::size_t rest = name.size() % 8;
  const char* letters = name.data();
  for (std::size_t i = name.size() / 8; i > 0; --i, letters += 8) {
    hash = mix(hash, letters_word(letters, 8));  // one load, to a compiler
  }
  return mix(mix(hash, letters_word(letters, rest)), name.size());
}

/// Hash of whole words of plain data whose number is known from elsewhere. The multiplications do
/// not wait for each other, so a message takes as long as one of them; each has its own constant,
/// so that equal words in different places differ.
[[gnu::always_inline]] inline std::uint64_t hash_content(const std::uint64_t* words,
                                                         std::size_t count) {
  constexpr std::uint64_t start = 0xa076'1d64'78bd'642fu;
  constexpr std::uint64_t step = 0x9e37'79b9'7f4a'7c15u;
  const auto pair = [words](std::size_t i, std::uint64_t place) {
    return multiply_fold(words[i] ^ place, words[i + 1] ^ 0xe703'7ed1'a0b4'28dbu);
  };
  std::uint64_t hash = 0;
  std::size_t i = 0;
  std::uint64_t place = start;
  if (count >= 6) {  // a full message, and what every loop would do to its registers
    hash = pair(0, start) ^ pair(2, start + step) ^ pair(4, start + 2 * step);
    i = 6;
    place = start + 3 * step;
  }
  for (; i + 1 < count; i += 2, place += step) hash ^= pair(i, place);
  return i < count ? hash ^ multiply_fold(words[i] ^ place, 0xe703'7ed1'a0b4'28dbu) : hash;
}

}  // namespace indoubt::sim
