#include "sim/world/invariants.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace indoubt::sim {
namespace {

/// Where a slot is. Each is in one place, and the timer table may point to it besides.
enum class Place : std::uint8_t { nowhere, free, queue, arrived };

/// What is pending, slot by slot. It is kept from one look to the next: runs allocate nothing.
struct Census {
  EventQueue queue;  ///< a copy, to be emptied
  std::vector<Place> places;
  std::vector<bool> in_table;
  std::vector<std::uint32_t> forces;  ///< of each node
};

/// Puts a slot in its place. False if it is in another already, or there is no such slot.
bool put(Census& census, std::uint32_t slot, Place place) {
  if (slot >= census.places.size() || census.places[slot] != Place::nowhere) return false;
  census.places[slot] = place;
  return true;
}

bool put_all_free(Census& census, const SlotPool& slots) {
  for (std::uint32_t slot = Inspection::first_free(slots); slot != no_slot;
       slot = slots[slot].next) {
    if (!put(census, slot, Place::free)) return false;
  }
  return true;
}

/// What it works on has an entry in the queue, but for what a pause has stopped at its end.
bool put_arrived(Census& census, const Node& node, const SlotPool& slots) {
  bool is_in_place = true;
  const auto put_one = [&](std::uint32_t slot) {
    is_in_place = is_in_place && put(census, slot, Place::arrived) && slots[slot].to == node.id;
  };
  node.for_inbox(slots, put_one);
  node.work.queue.for_each(put_one);
  const bool is_stopped = node.work.is_on() && !node.work.has_entry;
  if (is_stopped) put_one(node.work.now.slot);
  return is_in_place;
}

/// The entry of a timer is as its slot says.
bool is_entry_of(const QueueEntry& entry, const Slot& item) {
  if (item.type != SlotType::timer) return true;
  return TrueTime{Duration{entry.time}} == item.timer.queued_at &&
         entry.order >> QueueEntry::slot_bits == item.timer.queued_sequence;
}

class Check {
 public:
  Check(const World& world, Census& census)
      : world_{world},
        pending_{Inspection::pending(world)},
        nodes_{Inspection::nodes(world)},
        timers_{Inspection::timers(world)},
        faults_{Inspection::faults(world)},
        census_{census} {}

  std::string_view broken() {
    if (Inspection::handling_at(world_) != no_node)
      return "nobody handles anything between two events";
    if (const auto found = broken_of_slots(); !found.empty()) return found;
    if (const auto found = broken_of_timers(); !found.empty()) return found;
    if (const auto found = broken_of_faults(); !found.empty()) return found;
    for (const Node& node : nodes_) {
      if (const auto found = broken_of_node(node); !found.empty()) return found;
    }
    if (live() != pending_.live) return "as much is live as is pending";
    return {};
  }

 private:
  std::string_view broken_of_slots() {
    census_.places.assign(pending_.slots.size(), Place::nowhere);
    census_.forces.assign(nodes_.size(), 0);
    if (!put_all_free(census_, pending_.slots)) return "a free slot is free once";
    if (const auto found = broken_of_queue(); !found.empty()) return found;
    for (const Node& node : nodes_) {
      if (!put_arrived(census_, node, pending_.slots)) {
        return "what waits at a node is for it, and nowhere else";
      }
    }
    const auto& places = census_.places;
    const bool is_lost = std::find(places.begin(), places.end(), Place::nowhere) != places.end();
    return is_lost ? "every slot is free, in the queue or waits at a node" : "";
  }

  std::string_view broken_of_queue() {
    census_.queue = pending_.queue;
    while (!census_.queue.empty()) {
      const QueueEntry entry = census_.queue.pop();
      if (TrueTime{Duration{entry.time}} < world_.now()) return "nothing is due in the past";
      if (!put(census_, entry.slot(), Place::queue)) return "a slot is in the queue once";
      const Slot& item = pending_.slots[entry.slot()];
      if (!is_entry_of(entry, item)) return "a timer knows its queue entry";
      if (item.type == SlotType::force && is_of_now(item)) ++census_.forces[item.to.index];
    }
    for (const DueEvent& event : world_.due()) {
      if (event.slot == no_slot) continue;  // a restart
      if (!put(census_, event.slot, Place::queue)) return "what is due is no longer in the queue";
      const Slot& item = pending_.slots[event.slot];
      if (item.type == SlotType::force && is_of_now(item)) ++census_.forces[item.to.index];
    }
    return {};
  }

  /// Armed or asked for since its node's last crash.
  bool is_of_now(const Slot& item) const {
    return item.incarnation == nodes_[item.to.index].incarnation;
  }
  bool is_pending(std::uint32_t slot) const {
    return census_.places[slot] == Place::queue || census_.places[slot] == Place::arrived;
  }
  bool is_live(std::uint32_t slot) const {
    if (!is_pending(slot)) return false;
    const Slot& item = pending_.slots[slot];
    if (item.type == SlotType::message) return true;
    return is_of_now(item) && (item.type != SlotType::timer || item.timer.is_armed());
  }
  std::uint64_t live() const {
    std::uint64_t count = 0;
    for (std::uint32_t slot = 0; slot < census_.places.size(); ++slot) count += is_live(slot);
    return count;
  }

  std::string_view broken_of_timers() {
    census_.in_table.assign(pending_.slots.size(), false);
    for (const Node& node : nodes_) {
      for (const std::uint32_t slot : timers_.of(node.id)) {
        if (slot == no_slot) continue;
        if (!node.is_up) return "a node that is down has no timers";
        if (!is_in_table_for(node, slot)) return "the timer table points to its own timers";
        census_.in_table[slot] = true;
      }
    }
    for (std::uint32_t slot = 0; slot < census_.places.size(); ++slot) {
      if (!is_pending(slot) || pending_.slots[slot].type != SlotType::timer) continue;
      const PendingTimer& timer = pending_.slots[slot].timer;
      if (is_live(slot) && !census_.in_table[slot]) return "an armed timer is in the table";
      if (timer.in_inbox != (census_.places[slot] == Place::arrived)) {
        return "a timer knows whether it waits in an inbox";
      }
    }
    return {};
  }

  bool is_in_table_for(const Node& node, std::uint32_t slot) const {
    if (slot >= census_.places.size() || !is_pending(slot) || census_.in_table[slot]) return false;
    const Slot& item = pending_.slots[slot];
    return item.type == SlotType::timer && item.to == node.id && is_of_now(item) &&
           timers_.find(item.to, item.order, item.kind) == slot;
  }

  std::string_view broken_of_faults() const {
    const auto& items = Inspection::agenda(faults_);
    for (std::size_t i = 1; i < items.size(); ++i) {
      if (items[i - 1].before(items[i])) return "the agenda is in order";
    }
    const TrueTime look_up = faults_.look_up_after();
    const TrueTime after = look_up == never ? never : look_up + Duration{1};
    const bool is_in_order = world_.plan().plan().event_order.has_value();
    if (!is_in_order && faults_.turn() != std::min(faults_.next_agendum(), after)) {
      return "the next turn is the next fault's, or the next looking up";
    }
    return {};
  }

  std::string_view broken_of_node(const Node& node) const {
    if (node.log.forced_records() > node.log.records()) return "what is forced was appended";
    if (!node.tail.is_in_order()) return "effects wait in the order of their handlings";
    if (node.forces != census_.forces[node.id.index]) return "a node's forces are those pending";
    if (!node.held.empty() && node.pauses == 0) return "effects are held back by a pause";
    const bool has_work = node.work.is_on() || !node.work.queue.empty();
    if (!node.is_up && (!node.tail.empty() || node.has_mail() || has_work || node.pauses != 0)) {
      return "nothing waits at a node that is down";
    }
    const bool is_idle = node.can_act() && node.forces == 0;
    const bool is_lazy = !node.work.is_on() && !node.work.queue.empty();
    if (is_idle && (!node.tail.empty() || node.has_mail() || is_lazy)) {
      return "nobody waits for nothing";
    }
    const std::size_t bound = world_.plan().plan().nodes[node.id.index].work.queue;
    if (bound != 0 && node.work.queue.size() > bound) return "a queue is no longer than its bound";
    if (node.careful_from > faults_.triggers().next_place(node.id, node.effects)) {
      return "no place with a fault is passed without care";
    }
    if (node.error_fault != faults_.disk_error_of(node.machine)) {
      return "a disk error covers a node while it is in force";
    }
    const Clock& clock = nodes_[node.machine.index].clock;
    const bool drifts = clock.drift_ppb() != 0;
    if (node.clock_drifts != drifts || (!drifts && node.clock_offset != clock.offset())) {
      return "a node reads its machine's clock";
    }
    return {};
  }

  const World& world_;
  const Pending& pending_;
  const std::vector<Node>& nodes_;
  const Timers& timers_;
  const FaultEngine& faults_;
  Census& census_;
};

}  // namespace

std::string_view broken_invariant(const World& world) {
  thread_local Census census;
  return Check{world, census}.broken();
}

}  // namespace indoubt::sim
