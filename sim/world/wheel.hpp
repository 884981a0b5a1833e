#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/world/queue_entry.hpp"

namespace indoubt::sim {

/// Queue entries by buckets of time, unsorted within a bucket. A bucket is a power of two of
/// nanoseconds long; the wheel holds those of a window that moves on as buckets are taken.
class Wheel {
 public:
  bool empty() const { return count_ == 0; }
  std::size_t size() const { return count_; }
  std::size_t buckets() const { return heads_.size(); }

  /// Without buckets, so without anything to copy or to clear.
  void clear() {
    heads_.clear();
    taken_.clear();
    links_.clear();
    free_ = no_link;
    count_ = 0;
  }

  /// Starts anew and empty: `buckets` (a power of two, at least 64) of 2^`shift` ns, from the one
  /// in which `time` is.
  void start(std::size_t buckets, int shift, std::int64_t time) {
    clear();
    heads_.resize(buckets);
    taken_.resize(buckets / 64);
    shift_ = shift;
    first_ = bucket_of(time);
  }

  /// Whether the wheel's window reaches to `time`, which must not be before the window.
  bool reaches(std::int64_t time) const { return bucket_of(time) - first_ < heads_.size(); }
  /// Number of the bucket in which `time` is, and when a bucket begins.
  std::uint64_t bucket_of(std::int64_t time) const {
    return static_cast<std::uint64_t>(time) >> shift_;
  }
  std::int64_t start_of(std::uint64_t bucket) const {
    return static_cast<std::int64_t>(bucket << shift_);
  }

  void push(const QueueEntry& entry) {
    const std::size_t at = bucket_of(entry.time) & (heads_.size() - 1);
    const std::uint64_t bit = std::uint64_t{1} << (at % 64);
    std::uint64_t& word = taken_[at / 64];
    // Whether a bucket is taken cannot be predicted, so its head is read either way.
    const std::uint32_t head = heads_[at];
    const std::uint32_t next = (word & bit) != 0 ? head : no_link;
    word |= bit;
    heads_[at] = take_link();
    links_[heads_[at]] = {entry, next};
    ++count_;
  }

  /// The first bucket that has entries. There must be one.
  std::uint64_t first_taken() const {
    const std::size_t from = first_ & (heads_.size() - 1);
    std::size_t index = from / 64;
    std::uint64_t word = taken_[index] & (~std::uint64_t{0} << (from % 64));
    while (word == 0) {
      index = (index + 1) & (taken_.size() - 1);
      word = taken_[index];
    }
    const std::size_t at = index * 64 + static_cast<std::size_t>(std::countr_zero(word));
    return first_ + ((at - from) & (heads_.size() - 1));
  }

  /// Moves the window behind `bucket`, and calls `visit` for its entries, the one that was pushed
  /// last first. There must be none in earlier buckets.
  template <typename Visit>
  void take(std::uint64_t bucket, Visit&& visit) {
    const std::size_t at = bucket & (heads_.size() - 1);
    const std::uint64_t bit = std::uint64_t{1} << (at % 64);
    const bool has_entries = bucket - first_ < heads_.size() && (taken_[at / 64] & bit) != 0;
    first_ = bucket + 1;
    if (!has_entries) return;
    taken_[at / 64] &= ~bit;
    for (std::uint32_t link = heads_[at]; link != no_link;) {
      visit(links_[link].entry);
      --count_;
      const std::uint32_t next = links_[link].next;
      links_[link].next = free_;
      free_ = link;
      link = next;
    }
  }

  template <typename Visit>
  void for_each(Visit&& visit) const {
    for (std::size_t at = 0; at < heads_.size(); ++at) {
      if ((taken_[at / 64] >> (at % 64) & 1u) == 0) continue;
      for (auto link = heads_[at]; link != no_link; link = links_[link].next) {
        visit(links_[link].entry);
      }
    }
  }

 private:
  static constexpr std::uint32_t no_link = 0xffff'ffff;
  struct Link {
    QueueEntry entry;
    std::uint32_t next;
  };

  std::uint32_t take_link() {
    if (free_ == no_link) {
      links_.emplace_back();
      return static_cast<std::uint32_t>(links_.size() - 1);
    }
    const std::uint32_t link = free_;
    free_ = links_[link].next;
    return link;
  }

  std::vector<std::uint32_t> heads_;  ///< by bucket, valid where a bit is set
  std::vector<std::uint64_t> taken_;  ///< one bit for each bucket
  std::vector<Link> links_;
  std::uint32_t free_ = no_link;
  int shift_ = 0;
  std::uint64_t first_ = 0;  ///< bucket at which the window begins
  std::size_t count_ = 0;
};

}  // namespace indoubt::sim
