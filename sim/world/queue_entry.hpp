#pragma once

#include <cstdint>

#include "sim/base/time.hpp"

namespace indoubt::sim {

/// A pending event: when, in which order among equals, and what (a slot of the pool).
struct QueueEntry {
  static constexpr int slot_bits = 26;
  static constexpr std::uint64_t slot_mask = (std::uint64_t{1} << slot_bits) - 1;

  std::int64_t time = 0;
  std::uint64_t order = 0;  ///< sequence number above, slot below

  // Copied word by word: its words are written one by one, and a load of both at once would wait
  // until both have left for the cache.
  QueueEntry() = default;
  QueueEntry(std::int64_t at, std::uint64_t in_order) : time{at}, order{in_order} {}
  QueueEntry(const QueueEntry& other) : time{other.time}, order{other.order} {}
  QueueEntry& operator=(const QueueEntry& other) {
    const std::uint64_t other_order = other.order;
    time = other.time;
    order = other_order;
    return *this;
  }

  static QueueEntry make(TrueTime at, std::uint64_t sequence, std::uint32_t slot) {
    return {at.time_since_epoch().count(), sequence << slot_bits | slot};
  }
  std::uint64_t sequence() const { return order >> slot_bits; }
  std::uint32_t slot() const { return static_cast<std::uint32_t>(order & slot_mask); }

  /// Compared as one number of 128 bits: two instructions and no branch. Times are not negative.
  bool before(const QueueEntry& other) const { return number() < other.number(); }

 private:
  __extension__ using Wide = unsigned __int128;
  Wide number() const { return Wide{static_cast<std::uint64_t>(time)} << 64 | order; }
};

}  // namespace indoubt::sim
