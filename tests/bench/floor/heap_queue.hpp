#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tests/bench/floor/random.hpp"

namespace indoubt::bench {

/// Events by (time, sequence) in a 4-ary implicit heap of 16-byte entries. The four children of an
/// entry share a cache line. A pop leaves a hole at the root, which the next push fills: most
/// handlers send one message, and so most events cost one way down and none up.
class HeapQueue {
 public:
  static constexpr unsigned item_bits = 24;

  explicit HeapQueue(std::size_t items_max)
      : storage_(items_max + first + 8 + alignment), entries_(aligned(storage_.data())) {}

  HeapQueue(const HeapQueue&) = delete;
  HeapQueue& operator=(const HeapQueue&) = delete;

  bool empty() const { return size_ == (has_hole_ ? 1u : 0u); }

  void push(std::uint64_t time, std::uint64_t sequence, std::uint32_t item) {
    const Wide entry = static_cast<Wide>(time) << 64 | (sequence << item_bits | item);
    if (has_hole_) {
      has_hole_ = false;
      sink(entry);
    } else {
      rise(size_++, entry);
    }
  }

  /// A heap takes old sequences like any other.
  void push_again(std::uint64_t time, std::uint64_t sequence, std::uint32_t item) {
    push(time, sequence, item);
  }

  /// Takes the least event and returns its item; the queue is not empty.
  std::uint32_t pop(std::uint64_t& time) {
    const Wide entry = top();
    drop_top();
    time = time_of(entry);
    return item_of(entry);
  }

  /// An item that is likely to be next: the least of the root's children, as far as a look shows.
  std::uint32_t likely_next() const { return item_of(entries_[first + 1]); }

  /// The least entry; the queue is not empty.
  Wide top() {
    if (has_hole_) close_hole();
    return entries_[first];
  }
  void drop_top() { has_hole_ = true; }

  static std::uint64_t time_of(Wide entry) { return static_cast<std::uint64_t>(entry >> 64); }
  static std::uint64_t sequence_of(Wide entry) {
    return static_cast<std::uint64_t>(entry) >> item_bits;
  }
  static std::uint32_t item_of(Wide entry) {
    return static_cast<std::uint32_t>(entry) & ((1u << item_bits) - 1);
  }

 private:
  // With the root as fourth entry of a line, children 4i+1 to 4i+4 begin a line.
  static constexpr std::size_t first = 3;
  static constexpr std::size_t alignment = 4;  // entries in a line

  static Wide* aligned(Wide* start) {
    const auto address = reinterpret_cast<std::uintptr_t>(start);
    return start + ((64 - address % 64) % 64) / sizeof(Wide);
  }

  void close_hole() {
    has_hole_ = false;
    --size_;
    if (size_ > 0) sink(entries_[first + size_]);
  }

  void rise(std::size_t at, Wide entry) {
    Wide* heap = entries_ + first;
    while (at > 0) {
      const std::size_t parent = (at - 1) / 4;
      if (heap[parent] < entry) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = entry;
  }

  // Which child is least cannot be predicted, so it is chosen without branches.
  static std::size_t lesser(const Wide* heap, std::size_t a, std::size_t b) {
    const std::size_t b_is_less = static_cast<std::size_t>(heap[b] < heap[a]);
    return a + (b - a) * b_is_less;
  }

  void sink(Wide entry) {
    Wide* heap = entries_ + first;
    std::size_t at = 0;
    for (std::size_t child = 1; child < size_; child = 4 * at + 1) {
      const std::size_t least = least_child(heap, child);
      if (entry < heap[least]) break;
      heap[at] = heap[least];
      at = least;
    }
    heap[at] = entry;
  }

  std::size_t least_child(const Wide* heap, std::size_t child) const {
    if (child + 4 <= size_) {
      return lesser(heap, lesser(heap, child, child + 1), lesser(heap, child + 2, child + 3));
    }
    std::size_t least = child;
    for (std::size_t i = child + 1; i < size_; ++i) least = lesser(heap, least, i);
    return least;
  }

  std::vector<Wide> storage_;
  Wide* entries_;
  std::size_t size_ = 0;  // counts the hole
  bool has_hole_ = false;
};

}  // namespace indoubt::bench
