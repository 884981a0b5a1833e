#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace indoubt::search {

/// How many distinct digests there are among very many. Up to a million and a half they are
/// counted; beyond, the number is estimated, to about a thousandth, so that a search for days takes
/// as much memory as one for minutes. It does not depend on the order in which they come.
///
/// Digests are hashes, so those that end in n zero bits are one in 2^n. When the table is full, n
/// grows by one and half of it is forgotten (Wegman's adaptive sampling).
class DigestCount {
 public:
  std::uint64_t value() const { return std::uint64_t{size_} << zero_bits_; }
  bool is_exact() const { return zero_bits_ == 0; }

  void add(std::uint64_t digest) {
    if (!is_sampled(digest)) return;
    if (digest == free) {
      if (!std::exchange(has_free_word_, true)) ++size_;
      return;
    }
    while (4 * (size_ + 1) > 3 * words_.size()) make_room();
    if (!is_sampled(digest)) return;
    std::uint64_t& word = find(digest);
    if (word == free) ++size_;
    word = digest;
  }

 private:
  static constexpr std::uint64_t free = 0;  ///< marks an empty place, so this digest is kept apart
  static constexpr std::size_t words_min = 1024;
  static constexpr std::size_t words_max = std::size_t{1} << 21;

  bool is_sampled(std::uint64_t digest) const {
    return (digest & ((std::uint64_t{1} << zero_bits_) - 1)) == 0;
  }

  /// The upper bits choose the place: the lower ones of a sample are all zero.
  std::uint64_t& find(std::uint64_t digest) {
    const std::size_t mask = words_.size() - 1;
    std::size_t at = static_cast<std::size_t>(digest >> 32) & mask;
    while (words_[at] != free && words_[at] != digest) at = (at + 1) & mask;
    return words_[at];
  }

  /// A larger table, or a smaller sample.
  void make_room() {
    if (words_.size() == words_max) ++zero_bits_;
    const std::size_t size = std::clamp(2 * words_.size(), words_min, words_max);
    const auto old = std::exchange(words_, std::vector<std::uint64_t>(size, free));
    size_ = has_free_word_ ? 1 : 0;
    for (const std::uint64_t digest : old) {
      if (digest == free || !is_sampled(digest)) continue;
      find(digest) = digest;
      ++size_;
    }
  }

  std::vector<std::uint64_t> words_;  ///< at most three quarters full
  std::size_t size_ = 0;
  unsigned zero_bits_ = 0;
  bool has_free_word_ = false;
};

}  // namespace indoubt::search
