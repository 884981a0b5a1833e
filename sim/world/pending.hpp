#pragma once

#include <cstdint>

#include "sim/base/time.hpp"
#include "sim/world/queue.hpp"
#include "sim/world/slots.hpp"

namespace indoubt::sim {

/// What is to come: messages on their way, timers and forces under way. Each has a slot of the
/// pool, and an entry in the queue unless it arrived already and waits in its node's inbox.
struct Pending {
  EventQueue queue;
  SlotPool slots;
  std::uint64_t sequence = 0;  ///< that the next entry gets: who comes first at one instant
  std::uint64_t live = 0;      ///< messages, armed timers and forces: a run is at rest without any

  void clear() {
    queue.clear();
    slots.clear();
    sequence = live = 0;
  }

  /// Puts a slot into the queue, behind all that is due at the same instant.
  void add(TrueTime at, std::uint32_t slot) { queue.push(QueueEntry::make(at, sequence++, slot)); }
};

}  // namespace indoubt::sim
