#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/base/time.hpp"
#include "sim/world/clock.hpp"
#include "sim/world/faults/triggers.hpp"
#include "sim/world/log.hpp"
#include "sim/world/network.hpp"
#include "sim/world/role.hpp"
#include "sim/world/slots.hpp"
#include "sim/world/tail.hpp"
#include "sim/world/work.hpp"

namespace indoubt::sim {

/// How much of a node's log was durable from an instant on.
struct Backup {
  TrueTime at{};
  std::uint32_t records = 0;
};

/// One node: its role, its disk, its clock, and what waits there.
struct alignas(64) Node {
  static constexpr std::uint64_t nothing_to_mind = ~std::uint64_t{0};

  // What every event looks at comes first, in one cache line.
  AnyRole role;
  NodeId id;
  NodeId machine;
  std::uint16_t incarnation = 0;  ///< crashes so far
  std::uint16_t pauses = 0;       ///< pauses that cover the node now
  std::uint32_t forces = 0;       ///< asked for and not done
  std::uint32_t inbox_first = no_slot;
  std::uint32_t handlings = 0;
  bool is_up = true;
  bool groups_commits = false;
  bool outputs_by_handling = false;
  bool has_links = false;
  bool clock_drifts = false;  ///< the machine's
  bool works = false;         ///< messages take it time
  std::uint64_t effects = 0;  ///< that took place
  /// Once the node has had this many effects, the next one needs care: a fault may wait for it, or
  /// the node has a mutation.
  std::uint64_t careful_from = nothing_to_mind;
  Duration clock_offset{};          ///< of the machine's clock, while that does not drift
  std::uint64_t seed_key = 0;       ///< `key`, mixed with the seed
  std::uint64_t struck_effect = 0;  ///< number of the last one with a fault at its place, or 0
  PendingTail tail;
  /// What its handler wanted behind the place of the pause that covers it: see `World::hold`.
  PendingTail held;
  bool held_waits = false;  ///< the handling of what is held back waits for a force
  Log log;
  Clock clock;                      ///< of the machine; unused at a hosted node
  std::uint16_t full = 0;           ///< "disk full" faults that cover it
  std::uint16_t lying = 0;          ///< "lying disk" faults that cover it
  bool clock_is_lost = false;       ///< of the machine: at the restart it starts anew
  std::uint32_t promised = 0;       ///< records before this number were said to be durable
  std::uint16_t late_forces = 0;    ///< of `forces`, those that take longer than is prompt
  std::uint32_t barriers_done = 0;  ///< group commit: done while paused
  std::uint32_t force_end = 0;      ///< log records before this number were asked to be forced
  std::uint32_t inbox_last = no_slot;
  std::uint32_t error_fault = no_fault;  ///< "disk error" fault that covers it
  std::uint32_t down_by = no_fault;      ///< what crashed it last
  std::uint32_t paused_by = no_fault;    ///< what paused it last
  std::uint32_t force_delay = 0;         ///< so many times longer than usual a force takes
  Duration slower_by{};
  TrueTime mail_since{};        ///< since when its inbox has not been empty
  TrueTime last_force{};        ///< when the last force will be done
  std::uint64_t key = 0;        ///< hash of the name
  std::vector<Backup> backups;  ///< kept only where a fault may restore one, oldest first
  Work work;                    ///< unused where messages take no time

  /// No fault of its disk is on.
  bool has_sound_disk() const {
    return full == 0 && error_fault == no_fault && slower_by == Duration{} && force_delay == 0;
  }
  bool needs_care() const { return effects >= careful_from; }
  /// Nothing that its handlers did waits for the disk.
  bool keeps_nothing() const { return forces == 0 && tail.empty(); }
  bool can_act() const { return is_up && pauses == 0; }
  bool has_mail() const { return inbox_first != no_slot; }
  /// Whether something that arrives now is handled at once.
  bool can_handle() const { return !has_mail() && can_serve(); }
  /// The same, but for what waits in the inbox.
  bool can_serve() const { return can_act() && (keeps_nothing() || groups_commits); }
  /// Whether an effect of a handling has to wait: for a force, or because earlier effects wait
  /// already. A pause that a fact or an instant brings about in the middle of a handler delays only
  /// effects that wait; the others belong to the instant of the handler.
  /// `handling_waits` says whether the handling has asked for a force, or awaits one.
  bool must_wait(EffectType type, bool handling_waits) const {
    const bool is_write = type == EffectType::append || type == EffectType::force;
    if (groups_commits && is_write) return false;
    return outputs_by_handling ? handling_waits : !keeps_nothing();
  }
  /// Whether there is nothing to force that a force under way does not make durable.
  bool has_forced_all() const { return force_end == log.records(); }
  Endpoint endpoint() const { return {id, seed_key}; }

  /// Puts something that arrived behind what waits in the inbox.
  void wait_in_inbox(SlotPool& slots, std::uint32_t slot, TrueTime now) {
    slots[slot].next = no_slot;
    if (inbox_first == no_slot) {
      inbox_first = slot;
      mail_since = now;
    } else {
      slots[inbox_last].next = slot;
    }
    inbox_last = slot;
  }
  /// Takes what waits longest. There must be something.
  std::uint32_t take_from_inbox(const SlotPool& slots) {
    const std::uint32_t slot = inbox_first;
    inbox_first = slots[slot].next;
    return slot;
  }

  /// Calls `visit(slot)` for what waits in the inbox, in order.
  template <typename Visit>
  void for_inbox(const SlotPool& slots, Visit&& visit) const {
    for (std::uint32_t slot = inbox_first; slot != no_slot; slot = slots[slot].next) visit(slot);
  }
  /// The same for all that has arrived and was not handled, what it works on included.
  template <typename Visit>
  void for_arrived(const SlotPool& slots, Visit&& visit) const {
    for_inbox(slots, visit);
    if (work.is_on()) visit(work.now.slot);
    work.queue.for_each(visit);
  }

  /// As it is at the start of a run.
  void reset(const AnyRole& initial, std::uint64_t seed) {
    role = initial;
    log.clear();
    tail.clear();
    held.clear();
    clock = {};
    clock_drifts = false;
    clock_offset = {};
    incarnation = pauses = full = lying = late_forces = 0;
    clock_is_lost = false;
    backups.clear();
    work.clear();
    work.delay = 0;
    is_up = true;
    careful_from = nothing_to_mind;
    forces = barriers_done = handlings = force_end = promised = 0;
    inbox_first = inbox_last = no_slot;
    error_fault = down_by = paused_by = no_fault;
    effects = struck_effect = 0;
    force_delay = 0;
    slower_by = {};
    last_force = mail_since = {};
    seed_key = mix(seed, key);
  }

  /// Its memory is gone, and with it the effects that waited. Timers and the inbox lie elsewhere:
  /// the world clears them.
  void lose_memory() {
    tail.clear();
    held.clear();
    promised = 0;
    struck_effect = 0;
    forces = barriers_done = 0;
    late_forces = 0;
    last_force = {};
    pauses = 0;
    is_up = false;
    work.clear();
  }
};

}  // namespace indoubt::sim
