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

/// What is in a slot of the pool. A message that is worked on is `work`, until that is done.
enum class SlotType : std::uint8_t { message, timer, force, work };

inline constexpr std::uint32_t no_slot = 0xffff'ffff;

/// What an armed timer keeps in its slot. Its queue entry may be early, or of an arming before the
/// last one: see `Timers`.
struct PendingTimer {
  TrueTime deadline{};                ///< `never` once cancelled
  std::uint64_t sequence = 0;         ///< given when it was armed
  std::uint64_t queued_sequence = 0;  ///< of its queue entry
  TrueTime queued_at{};               ///< time of its queue entry
  Duration local_deadline{};          ///< as the node's clock counts
  bool in_inbox = false;              ///< it is due and waits for its node

  bool is_armed() const { return deadline != never; }
};

/// What a force under way keeps in its slot.
struct PendingForce {
  std::uint32_t end = 0;  ///< log records before this number will be durable
  bool is_late = false;   ///< it takes longer than is prompt
  bool is_own = true;     ///< the disk works for it; false: it only waits for those before it
};

/// A message on its way or at work, an armed timer, or a force under way: one cache line.
struct alignas(64) Slot {
  OrderId order{};
  NodeId from{};
  NodeId to{};
  Kind kind = 0;
  SlotType type = SlotType::message;
  std::uint16_t incarnation =
      0;                         ///< of the node that armed the timer, asked for the force or works
  std::uint32_t next = no_slot;  ///< in a free list or an inbox
  union {                        // as `type` says
    std::array<std::uint64_t, message_words> words;
    PendingTimer timer;
    PendingForce force;
  };

  Slot() : words{} {}
};
static_assert(sizeof(Slot) == 64);
static_assert(sizeof(PendingTimer) <= message_words * sizeof(std::uint64_t));

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

  /// Slots so far, free or not.
  std::size_t size() const { return slots_.size(); }

  Slot& operator[](std::uint32_t slot) { return slots_[slot]; }
  const Slot& operator[](std::uint32_t slot) const { return slots_[slot]; }

 private:
  friend struct Inspection;

  std::vector<Slot> slots_;
  std::uint32_t free_ = no_slot;
};

}  // namespace indoubt::sim
