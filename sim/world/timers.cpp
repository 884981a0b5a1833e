#include "sim/world/timers.hpp"

#include <algorithm>

namespace indoubt::sim {

/// True if the timer's queue entry can still be used. If not, it will pop without effect.
bool Timers::is_armed_anew(Pending& pending, std::uint32_t slot, const Wanted& wanted,
                           std::uint64_t sequence) {
  PendingTimer& timer = pending.slots[slot].timer;
  if (!timer.is_armed()) ++pending.live;
  const bool is_queued_in_time = !timer.in_inbox && timer.queued_at <= wanted.deadline;
  timer.deadline = is_queued_in_time ? wanted.deadline : never;
  timer.sequence = sequence;
  timer.local_deadline = wanted.local_deadline;
  return is_queued_in_time;
}

void Timers::queue(Pending& pending, std::uint32_t slot) {
  PendingTimer& timer = pending.slots[slot].timer;
  timer.queued_sequence = timer.sequence;
  timer.queued_at = timer.deadline;
  pending.queue.push(QueueEntry::make(timer.deadline, timer.sequence, slot));
}

void Timers::disarm(Pending& pending, NodeId node) {
  for (std::uint32_t& slot : of(node)) {
    if (slot == no_slot) continue;
    const PendingTimer& timer = pending.slots[slot].timer;
    if (timer.is_armed() && !timer.in_inbox) --pending.live;
    slot = no_slot;
  }
}

void Timers::change_rate(Pending& pending, NodeId node, const Clock& clock, TrueTime now) {
  for (std::uint32_t& slot : of(node)) {
    if (slot == no_slot) continue;
    const Slot old = pending.slots[slot];
    if (!old.timer.is_armed() || old.timer.in_inbox) continue;
    const Duration left = std::max(Duration{0}, old.timer.local_deadline - clock.elapsed(now));
    // The old entry is left to pop as nothing; the new one keeps its place among equals.
    pending.slots[slot].timer.deadline = never;
    slot = pending.slots.take();
    Slot& item = pending.slots[slot];
    item = old;
    item.timer.deadline = now + clock.true_length(left);
    queue(pending, slot);
  }
}

std::uint64_t Timers::armed(const Pending& pending, NodeId node) const {
  const auto slots = of(node);
  const auto count = std::count_if(slots.begin(), slots.end(), [&](std::uint32_t slot) {
    return slot != no_slot && pending.slots[slot].timer.is_armed();
  });
  return static_cast<std::uint64_t>(count);
}

}  // namespace indoubt::sim
