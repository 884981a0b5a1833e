#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/base/check.hpp"
#include "sim/base/ids.hpp"
#include "sim/base/time.hpp"
#include "sim/world/kinds.hpp"
#include "sim/world/queue.hpp"

namespace indoubt::sim {

/// What is in a slot of the pool.
enum class SlotType : std::uint8_t { message, timer, force };

inline constexpr std::uint32_t no_slot = 0xffff'ffff;

/// A message on its way, an armed timer, or a force under way: one cache line.
struct alignas(64) Slot {
  OrderId order;
  NodeId from;
  NodeId to;
  Kind kind;
  SlotType type;
  std::uint16_t incarnation;  ///< of the node that armed the timer or asked for the force
  std::uint32_t next;         ///< in a free list or an inbox
  std::array<std::uint64_t, message_words> words;
};
static_assert(sizeof(Slot) == 64);

/// Where an armed timer keeps what its queue entry does not say, as words of its slot.
namespace TimerWord {
inline constexpr std::size_t deadline = 0;         ///< true time, or `never` once cancelled
inline constexpr std::size_t sequence = 1;         ///< given when it was armed
inline constexpr std::size_t queued_sequence = 2;  ///< of its queue entry
inline constexpr std::size_t queued_at = 3;        ///< time of its queue entry
inline constexpr std::size_t local_deadline = 4;   ///< as the node's clock counts
inline constexpr std::size_t in_inbox = 5;         ///< 1 once it is due and waits for its node
}  // namespace TimerWord

inline TrueTime to_time(std::uint64_t word) {
  return TrueTime{Duration{static_cast<std::int64_t>(word)}};
}
inline std::uint64_t to_word(TrueTime time) {
  return static_cast<std::uint64_t>(time.time_since_epoch().count());
}

/// Slots with a last-in first-out free list: the slot used last is still in the cache.
class SlotPool {
 public:
  std::uint32_t take() {
    if (free_ != no_slot) {
      const std::uint32_t slot = free_;
      free_ = slots_[slot].next;
      return slot;
    }
    INDOUBT_CHECK(slots_.size() < QueueEntry::slot_mask);
    slots_.emplace_back();
    return static_cast<std::uint32_t>(slots_.size() - 1);
  }

  void give_back(std::uint32_t slot) {
    slots_[slot].next = free_;
    free_ = slot;
  }

  void clear() {
    slots_.clear();
    free_ = no_slot;
  }

  /// Says that a slot will be needed soon.
  void prefetch(std::uint32_t slot) const { __builtin_prefetch(&slots_[slot]); }

  Slot& operator[](std::uint32_t slot) { return slots_[slot]; }
  const Slot& operator[](std::uint32_t slot) const { return slots_[slot]; }

 private:
  std::vector<Slot> slots_;
  std::uint32_t free_ = no_slot;
};

}  // namespace indoubt::sim
