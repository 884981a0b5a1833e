#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace indoubt::sim {

/// Counts things by a 64-bit key, from zero at each run: the n of "the n-th message of this order on
/// this link". Starting a new run costs nothing: entries of older runs count as absent.
class KeyedCounters {
 public:
  KeyedCounters() : entries_(64) {}

  void clear() {
    ++run_;
    used_ = 0;
  }

  /// How often `key` was counted before, and counts it.
  std::uint32_t count(std::uint64_t key) {
    if (2 * used_ >= entries_.size()) grow();
    Entry& entry = find(entries_, key);
    if (entry.run != run_) {
      entry = {key, run_, 0};
      ++used_;
    }
    return entry.count++;
  }

 private:
  struct Entry {
    std::uint64_t key = 0;
    std::uint32_t run = 0;
    std::uint32_t count = 0;
  };

  Entry& find(std::vector<Entry>& entries, std::uint64_t key) const {
    const std::size_t mask = entries.size() - 1;
    std::size_t at = static_cast<std::size_t>(key * 0x9e37'79b9'7f4a'7c15u >> 32) & mask;
    while (entries[at].run == run_ && entries[at].key != key) at = (at + 1) & mask;
    return entries[at];
  }

  void grow() {
    std::vector<Entry> larger(entries_.size() * 2);
    for (const Entry& entry : entries_) {
      if (entry.run == run_) find(larger, entry.key) = entry;
    }
    entries_ = std::move(larger);
  }

  std::vector<Entry> entries_;
  std::uint32_t run_ = 1;
  std::size_t used_ = 0;
};

}  // namespace indoubt::sim
