#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/time.hpp"

namespace indoubt::sim {

/// A pending event: when, in which order among equals, and what (a slot of the pool).
struct QueueEntry {
  static constexpr int slot_bits = 26;
  static constexpr std::uint64_t slot_mask = (std::uint64_t{1} << slot_bits) - 1;

  std::int64_t time = 0;
  std::uint64_t order = 0;  ///< sequence number above, slot below

  static QueueEntry make(TrueTime at, std::uint64_t sequence, std::uint32_t slot) {
    return {at.time_since_epoch().count(), sequence << slot_bits | slot};
  }
  std::uint32_t slot() const { return static_cast<std::uint32_t>(order & slot_mask); }
  bool before(const QueueEntry& other) const {
    return time < other.time || (time == other.time && order < other.order);
  }
};

/// Pending events in (time, sequence) order: an implicit 4-ary heap. Popping leaves a hole at the
/// root which the next push fills, because most events cause another.
class EventQueue {
 public:
  bool empty() const { return size() == 0; }
  std::size_t size() const { return heap_.size() - (has_hole_ ? 1 : 0); }

  void clear() {
    heap_.clear();
    has_hole_ = false;
  }

  void push(const QueueEntry& entry) {
    if (has_hole_) {
      has_hole_ = false;
      sift_down(entry);
      return;
    }
    heap_.push_back(entry);
    sift_up(heap_.size() - 1, entry);
  }

  /// The next event. The queue must not be empty.
  const QueueEntry& top() {
    close_hole();
    return heap_.front();
  }

  QueueEntry pop() {
    close_hole();
    has_hole_ = true;
    return heap_.front();
  }

 private:
  void close_hole() {
    if (!has_hole_) return;
    has_hole_ = false;
    const QueueEntry last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sift_down(last);
  }

  void sift_up(std::size_t index, const QueueEntry entry) {
    while (index > 0) {
      const std::size_t parent = (index - 1) / 4;
      if (!entry.before(heap_[parent])) break;
      heap_[index] = heap_[parent];
      index = parent;
    }
    heap_[index] = entry;
  }

  /// Moves `entry` down from the root to its place.
  void sift_down(const QueueEntry entry) {
    const std::size_t count = heap_.size();
    std::size_t index = 0;
    for (;;) {
      const std::size_t child = 4 * index + 1;
      if (child >= count) break;
      std::size_t least = child;
      const std::size_t end = child + 4 < count ? child + 4 : count;
      for (std::size_t i = child + 1; i < end; ++i) {
        if (heap_[i].before(heap_[least])) least = i;
      }
      if (!heap_[least].before(entry)) break;
      heap_[index] = heap_[least];
      index = least;
    }
    heap_[index] = entry;
  }

  std::vector<QueueEntry> heap_;
  bool has_hole_ = false;
};

}  // namespace indoubt::sim
