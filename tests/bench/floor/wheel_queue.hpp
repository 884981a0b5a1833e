#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tests/bench/floor/heap_queue.hpp"

namespace indoubt::bench {

/// A near wheel of one-tick slots with a bitmap, before a heap for what lies beyond its window.
/// Events of one tick hang in a ring in the order of their sequence. Order is exactly the heap's.
template <std::uint32_t Slots>
class WheelQueue {
 public:
  explicit WheelQueue(std::size_t items_max) : far_(items_max), links_(items_max) {}

  bool empty() const { return near_ == 0 && far_.empty(); }

  /// `sequence` is greater than any given before, and `time` not before the last one popped.
  void push(std::uint64_t time, std::uint64_t sequence, std::uint32_t item) {
    if (time - now_ >= Slots) return far_.push(time, sequence, item);
    const std::uint32_t slot = time % Slots;
    std::uint64_t& word = bitmap_[slot / 64];
    const std::uint64_t bit = std::uint64_t{1} << (slot % 64);
    ++near_;
    near_time_ = time < near_time_ ? time : near_time_;
    // Whether a tick is taken cannot be predicted, so an empty ring is joined like any other: as if
    // the item were in it already.
    const std::uint32_t last = (word & bit) == 0 ? item : last_[slot];
    word |= bit;
    links_[item] = {sequence, item};
    const std::uint32_t head = links_[last].next;
    links_[last].next = item;
    links_[item].next = head;
    last_[slot] = item;
  }

  /// For an entry with an old sequence: only the heap takes those out of order.
  void push_again(std::uint64_t time, std::uint64_t sequence, std::uint32_t item) {
    far_.push(time, sequence, item);
  }

  /// Takes the least event by (time, sequence) and returns its item; the queue is not empty.
  std::uint32_t pop(std::uint64_t& time) {
    if (near_ == 0) return pop_far(time);
    const std::uint64_t near_time = near_time_;
    if (!far_.empty()) {
      const Wide top = far_.top();
      if (HeapQueue::time_of(top) <= near_time && is_first(top, near_time)) return pop_far(time);
    }
    time = now_ = near_time;
    return pop_near(near_time % Slots);
  }

  /// An item that is likely to be next; any item when there is none.
  std::uint32_t likely_next() const { return links_[last_[near_time_ % Slots]].next; }

 private:
  struct Link {
    std::uint64_t sequence;
    std::uint32_t next;
  };

  bool is_first(Wide top, std::uint64_t near_time) const {
    if (HeapQueue::time_of(top) < near_time) return true;
    const std::uint32_t head = links_[last_[near_time % Slots]].next;
    return HeapQueue::sequence_of(top) < links_[head].sequence;
  }

  std::uint64_t next_near_time() const {
    const std::uint32_t from = now_ % Slots;
    std::uint32_t index = from / 64;
    std::uint64_t word = bitmap_[index] & (~std::uint64_t{0} << (from % 64));
    while (word == 0) {
      index = (index + 1) % (Slots / 64);
      word = bitmap_[index];
    }
    const std::uint32_t slot = index * 64 + static_cast<std::uint32_t>(std::countr_zero(word));
    return now_ + (slot - from) % Slots;
  }

  std::uint32_t pop_near(std::uint32_t slot) {
    --near_;
    const std::uint32_t last = last_[slot];
    const std::uint32_t head = links_[last].next;
    links_[last].next = links_[head].next;
    bitmap_[slot / 64] &= ~(std::uint64_t{head == last} << (slot % 64));
    // Looking ahead now lets the caller fetch the next message while it handles this one.
    near_time_ = near_ == 0 ? never : next_near_time();
    return head;
  }

  std::uint32_t pop_far(std::uint64_t& time) {
    const std::uint32_t item = far_.pop(time);
    now_ = time;
    return item;
  }

  static constexpr std::uint64_t never = ~std::uint64_t{0};

  std::uint64_t now_ = 0;
  std::uint64_t near_time_ = never;
  std::size_t near_ = 0;
  std::array<std::uint64_t, Slots / 64> bitmap_{};
  std::array<std::uint32_t, Slots> last_{};
  HeapQueue far_;
  std::vector<Link> links_;
};

}  // namespace indoubt::bench
