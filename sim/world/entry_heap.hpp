#pragma once

#include <cstddef>
#include <vector>

#include "sim/world/queue_entry.hpp"

namespace indoubt::sim {

/// Queue entries with the soonest at hand: an implicit 4-ary heap.
class EntryHeap {
 public:
  /// Has room from the start: runs of a few dozen events never make any.
  EntryHeap() { heap_.reserve(64); }

  bool empty() const { return heap_.empty(); }
  std::size_t size() const { return heap_.size(); }
  void clear() { heap_.clear(); }
  /// In no particular order.
  const std::vector<QueueEntry>& entries() const { return heap_; }
  /// The soonest. The heap must not be empty.
  const QueueEntry& top() const { return heap_.front(); }

  void push(const QueueEntry& entry) {
    heap_.push_back(entry);
    std::size_t at = heap_.size() - 1;
    while (at > 0) {
      const std::size_t parent = (at - 1) / 4;
      if (!entry.before(heap_[parent])) break;
      heap_[at] = heap_[parent];
      at = parent;
    }
    heap_[at] = entry;
  }

  void pop() {
    const QueueEntry last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sift_down(last);
  }

 private:
  /// Moves `entry` down from the root to its place.
  void sift_down(const QueueEntry entry) {
    std::size_t at = 0;
    for (std::size_t child = 1; child < heap_.size(); child = 4 * at + 1) {
      const std::size_t least = least_child(child);
      if (entry.before(heap_[least])) break;
      heap_[at] = heap_[least];
      at = least;
    }
    heap_[at] = entry;
  }

  /// Which child is least cannot be predicted, so four are compared without branches.
  std::size_t least_child(std::size_t child) const {
    if (child + 4 <= heap_.size()) {
      return lesser(lesser(child, child + 1), lesser(child + 2, child + 3));
    }
    std::size_t least = child;
    for (std::size_t i = child + 1; i < heap_.size(); ++i) least = lesser(least, i);
    return least;
  }
  std::size_t lesser(std::size_t a, std::size_t b) const {
    return a + (b - a) * static_cast<std::size_t>(heap_[b].before(heap_[a]));
  }

  std::vector<QueueEntry> heap_;
};

}  // namespace indoubt::sim
