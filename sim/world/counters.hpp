#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/ids.hpp"

namespace indoubt::sim {

/// Counts things by a 64-bit key, from zero at each run: the n of "the n-th message of this order
/// on this link". Starting a new run costs nothing: entries of older runs count as absent.
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

/// Counts the sendings of each order on each link, from zero at each run. Each sender has a row of
/// plain counters, cleared at its first sending of a run; where rows would be large, a hash table
/// counts instead. Counters are small, so that more of them are in the cache: what passes the end
/// of one goes on in the hash table.
class LinkCounters {
 public:
  LinkCounters(std::size_t nodes, std::size_t orders) : nodes_{nodes} {
    const std::size_t row = nodes * (orders + 1);
    if (row > largest_row || row * nodes > largest_table) return;
    row_ = row;
    counters_.resize(row * nodes);
    run_of_row_.resize(nodes);
  }

  void clear() {
    ++run_;
    keyed_.clear();
  }

  /// How often this was sent before, and counts it.
  [[gnu::always_inline]] std::uint32_t count(NodeId from, NodeId to, OrderId order) {
    if (row_ == 0) return keyed_.count(key(from, to, order));
    if (run_of_row_[from.index] != run_) clear_row(from.index);
    const std::size_t place = order == no_order ? 0 : order.index + std::size_t{1};
    std::uint16_t& counter = counters_[from.index * row_ + place * nodes_ + to.index];
    if (counter == counter_max) [[unlikely]]
      return counter_max + keyed_.count(key(from, to, order));
    return counter++;
  }

 private:
  static constexpr std::size_t largest_row = std::size_t{1} << 14;
  static constexpr std::size_t largest_table = std::size_t{1} << 22;

  static constexpr std::uint16_t counter_max = 0xffff;

  static std::uint64_t key(NodeId from, NodeId to, OrderId order) {
    return std::uint64_t{from.index} << 48 | std::uint64_t{to.index} << 32 | order.index;
  }
  void clear_row(std::size_t from) {
    run_of_row_[from] = run_;
    const auto first = counters_.begin() + static_cast<std::ptrdiff_t>(from * row_);
    std::fill(first, first + static_cast<std::ptrdiff_t>(row_), std::uint16_t{0});
  }

  std::size_t nodes_;
  std::size_t row_ = 0;  ///< counters of a sender; 0: the hash table is in use
  std::uint32_t run_ = 1;
  std::vector<std::uint16_t> counters_;
  std::vector<std::uint32_t> run_of_row_;
  KeyedCounters keyed_;
};

}  // namespace indoubt::sim
