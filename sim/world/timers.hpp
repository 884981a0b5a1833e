#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/base/time.hpp"
#include "sim/world/clock.hpp"
#include "sim/world/compiled_plan.hpp"
#include "sim/world/pending.hpp"

namespace indoubt::sim {

/// Which slot holds the timer of each (node, order or none, kind), and how timers are armed and
/// cancelled.
///
/// A timer has one queue entry. Armed anew, it keeps that entry, which is early then and goes back
/// into the queue at its true time when it pops. Cancelled, it keeps it too, and pops as nothing.
/// So neither searches the queue. An entry that would come too late is left to pop as nothing, and
/// the timer gets another slot.
class Timers {
 public:
  /// What a node wants of one of its timers.
  struct Wanted {
    NodeId node;
    std::uint16_t incarnation;
    OrderId order;
    Kind kind;
    TrueTime deadline;
    Duration local_deadline;  ///< as the node's clock counts
  };

  explicit Timers(const CompiledPlan& plan)
      : briefs_{plan.message_briefs().data()},
        kinds_{plan.timer_kinds()},
        row_{(plan.orders() + std::size_t{1}) * kinds_},
        slots_(plan.nodes() * row_, no_slot) {}

  /// For a new run.
  void clear() { slots_.assign(slots_.size(), no_slot); }

  [[gnu::always_inline]] void arm(Pending& pending, const Wanted& wanted) {
    const std::uint64_t sequence = pending.sequence++;
    std::uint32_t& current = slot_of(wanted.node, wanted.order, wanted.kind);
    if (current == no_slot) {
      ++pending.live;
    } else if (is_armed_anew(pending, current, wanted, sequence)) {
      return;
    }
    current = pending.slots.take();
    Slot& slot = pending.slots[current];
    slot.order = wanted.order;
    slot.from = slot.to = wanted.node;
    slot.kind = wanted.kind;
    slot.type = SlotType::timer;
    slot.incarnation = wanted.incarnation;
    std::construct_at(&slot.timer, PendingTimer{.deadline = wanted.deadline,
                                                .sequence = sequence,
                                                .queued_sequence = sequence,
                                                .queued_at = wanted.deadline,
                                                .local_deadline = wanted.local_deadline});
    pending.queue.push(QueueEntry::make(wanted.deadline, sequence, current));
  }

  [[gnu::always_inline]] void cancel(Pending& pending, NodeId node, OrderId order, Kind kind) {
    const std::uint32_t current = slot_of(node, order, kind);
    if (current == no_slot) return;
    PendingTimer& timer = pending.slots[current].timer;
    if (!timer.is_armed()) return;
    timer.deadline = never;
    --pending.live;
  }

  /// Whether a timer fires whose queue entry popped at `now`. If not, it went back into the queue
  /// or gave its slot back. `incarnation` is its node's.
  bool fires(Pending& pending, std::uint32_t slot, std::uint16_t incarnation, TrueTime now) {
    const Slot& item = pending.slots[slot];
    const bool is_of_the_past = item.incarnation != incarnation;  // its node crashed since
    if (is_of_the_past || !item.timer.is_armed()) {
      if (!is_of_the_past) leave(item, slot);
      pending.slots.give_back(slot);
      return false;
    }
    const bool is_early =
        item.timer.deadline > now || item.timer.sequence != item.timer.queued_sequence;
    if (is_early) queue(pending, slot);
    return !is_early;
  }

  /// The timer in this slot is about to fire, or will never; perhaps another took its place.
  void leave(const Slot& item, std::uint32_t slot) {
    std::uint32_t& current = slot_of(item.to, item.order, item.kind);
    if (current == slot) current = no_slot;
  }

  /// A crash disarms all timers of a node. Those in its inbox are the inbox's to count.
  void disarm(Pending& pending, NodeId node);
  /// The node's clock counts at another rate from now on.
  void change_rate(Pending& pending, NodeId node, const Clock& clock, TrueTime now);
  /// How many timers of the node are armed.
  std::uint64_t armed(const Pending& pending, NodeId node) const;

  /// The slot of a timer, or `no_slot`: it is not armed, though perhaps it was.
  std::uint32_t find(NodeId node, OrderId order, Kind kind) const {
    return slots_[place_of(node, order, kind)];
  }
  /// How many timers there may be.
  std::size_t size() const { return slots_.size(); }
  /// The slots of all timers of a node.
  std::span<std::uint32_t> of(NodeId node) {
    return std::span{slots_}.subspan(node.index * row_, row_);
  }
  std::span<const std::uint32_t> of(NodeId node) const {
    return std::span{slots_}.subspan(node.index * row_, row_);
  }

 private:
  std::size_t place_of(NodeId node, OrderId order, Kind kind) const {
    return node.index * row_ + row_of(order) * kinds_ + briefs_[kind].timer_index;
  }
  std::uint32_t& slot_of(NodeId node, OrderId order, Kind kind) {
    return slots_[place_of(node, order, kind)];
  }
  static bool is_armed_anew(Pending& pending, std::uint32_t slot, const Wanted& wanted,
                            std::uint64_t sequence);
  static void queue(Pending& pending, std::uint32_t slot);

  const KindBrief* briefs_;
  std::size_t kinds_;
  std::size_t row_;  ///< timers of a node
  std::vector<std::uint32_t> slots_;
};

}  // namespace indoubt::sim
