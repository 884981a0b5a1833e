#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace indoubt::search {

/// A set of digests, for counting the distinct ones of very many: a flat table of words that is at
/// most three quarters full, so that fifty million take half a gigabyte. It is never iterated, so
/// nothing depends on its order.
class DigestSet {
 public:
  std::size_t size() const { return size_; }

  /// Whether it was not there yet.
  bool insert(std::uint64_t digest) {
    if (digest == free) {
      const bool is_new = !std::exchange(has_free_word_, true);
      size_ += is_new ? 1 : 0;
      return is_new;
    }
    if (4 * (size_ + 1) > 3 * words_.size()) grow();
    std::uint64_t& word = find(words_, digest);
    if (word == digest) return false;
    word = digest;
    ++size_;
    return true;
  }

 private:
  static constexpr std::uint64_t free = 0;  ///< marks an empty place, so this digest is kept apart

  /// Digests are hashes already: their upper bits choose the place.
  static std::uint64_t& find(std::vector<std::uint64_t>& words, std::uint64_t digest) {
    const std::size_t mask = words.size() - 1;
    std::size_t at = static_cast<std::size_t>(digest >> 20) & mask;
    while (words[at] != free && words[at] != digest) at = (at + 1) & mask;
    return words[at];
  }

  void grow() {
    std::vector<std::uint64_t> larger(words_.empty() ? 1024 : words_.size() * 2, free);
    for (const std::uint64_t word : words_) {
      if (word != free) find(larger, word) = word;
    }
    words_ = std::move(larger);
  }

  std::vector<std::uint64_t> words_;
  std::size_t size_ = 0;
  bool has_free_word_ = false;
};

}  // namespace indoubt::search
