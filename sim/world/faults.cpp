#include <algorithm>

#include "sim/base/check.hpp"
#include "sim/world/world.hpp"

// What faults do to nodes, their clocks and their disks, and how it ends. Which of them take place,
// and when, is the fault engine's business.
namespace indoubt::sim {
namespace {

constexpr Kind restart_kind = WorldKinds::of<Restart>();

std::uint64_t signed_word(std::int64_t value) { return static_cast<std::uint64_t>(value); }

}  // namespace

void World::inject(const Fault& fault) {
  INDOUBT_CHECK(fault.trigger != Trigger::place || !fault.nodes.empty());
  faults_.inject(fault, now_);
  // What was durable before is a backup of any time.
  keeps_backups_ = keeps_backups_ || fault.damage.rollback.has_value();
  if (fault.trigger == Trigger::place) find_care(node_at(fault.nodes.front()));
}

void World::next_agendum() {
  const Agendum agendum = faults_.take_agendum();
  now_ = std::max(now_, agendum.at);
  // Whoever retried in vain may not from now on: a node is back, a link is open, nothing gets lost.
  progress_.make(now_);
  switch (agendum.due) {
    case Due::quiet: return become_quiet();
    case Due::end: return end_occurrence(agendum);
    case Due::restart: {
      Node& node = node_at(agendum.node);
      if (!node.is_up && node.incarnation == agendum.incarnation) restart(node);
      return;
    }
    case Due::occur: return come_to_pass(agendum.fault);
  }
}

/// The time of a fault has come.
void World::come_to_pass(std::uint32_t index) {
  last_event_ = now_;
  const Fault& due = fault(index);
  befalls_messages(due.action) ? open_window(index) : occur(index);
  if (comes_again(due)) faults_.schedule_every(index, now_);
}

void World::occur(std::uint32_t index, const Effect* before) {
  const Fault& fault = faults_.fault(index);
  faults_.occur(index, now_);
  ++counters_.faults;
  if (observer_ != nullptr) tell_fault(fault, faults_.occurrences(index), before);
  if (fault.action == Action::partition) {
    faults_.begin_cut(index);
    state_node_fact(FactKind::cut, nodes_.front(), 1);
    return faults_.schedule_end(index, now_);
  }
  if (fault.action == Action::degrade) {
    faults_.begin_degradation(index);
    slow_nodes();
    return faults_.schedule_end(index, now_);
  }
  for (std::size_t i = 0; i < fault.nodes.size(); ++i) {
    const NodeId machine = node_at(fault.nodes[i]).machine;
    const auto end = fault.nodes.begin() + static_cast<std::ptrdiff_t>(i);
    const bool was_named = std::any_of(fault.nodes.begin(), end, [&](NodeId earlier) {
      return node_at(earlier).machine == machine;
    });
    if (!was_named) occur_at_machine(index, machine);
  }
}

void World::occur_at_machine(std::uint32_t index, NodeId machine) {
  const Fault& fault = faults_.fault(index);
  switch (fault.action) {
    case Action::crash: return crash_machine(index, machine);
    case Action::pause:
      for_machine(machine, [&](Node& node) {
        if (!node.is_up) return;
        pause(node);
        node.paused_by = index;
        faults_.schedule_end(index, now_, node.id, node.incarnation);
      });
      return;
    case Action::clock: return set_clock(fault, node_at(machine));
    case Action::disk:
      begin_disk_fault(index, machine);
      return faults_.schedule_end(index, now_, machine);
    case Action::partition:
    case Action::drop:
    case Action::duplicate:
    case Action::delay:
    case Action::corrupt:
    case Action::degrade: return;  // these act on links and messages
  }
}

/// Messages that match are struck from here on: each of these is an occurrence.
void World::open_window(std::uint32_t index) {
  faults_.triggers().open_window(index);
  faults_.schedule_end(index, now_);
}

void World::end_occurrence(const Agendum& agendum) {
  const Fault& fault = faults_.fault(agendum.fault);
  if (befalls_messages(fault.action)) return faults_.triggers().close_window(agendum.fault);
  if (observer_ != nullptr) {
    tell({.type = Observation::Type::fault_end, .node = agendum.node, .fault = &fault});
  }
  if (fault.action == Action::partition) {
    faults_.end_cut(agendum.fault);
    state_node_fact(FactKind::cut, nodes_.front(), 0);
  } else if (fault.action == Action::pause) {
    Node& node = node_at(agendum.node);
    if (node.is_up && node.incarnation == agendum.incarnation) resume(node);
  } else if (fault.action == Action::disk) {
    end_disk_fault(agendum.fault, agendum.node);
  } else if (fault.action == Action::degrade) {
    faults_.end_degradation(agendum.fault);
    slow_nodes();
  }
}

void World::begin_disk_fault(std::uint32_t index, NodeId machine) {
  const Fault& fault = faults_.fault(index);
  if (fault.disk == DiskFault::error) faults_.begin_disk_error(machine, index);
  for_machine(machine, [&](Node& node) {
    if (fault.disk == DiskFault::slow) node.slower_by += fault.by;
    if (fault.disk == DiskFault::full) ++node.full;
    if (fault.disk == DiskFault::lying) ++node.lying;
    node.error_fault = faults_.disk_error_of(machine);
    state_disk(node);
  });
}

void World::end_disk_fault(std::uint32_t index, NodeId machine) {
  const Fault& fault = faults_.fault(index);
  if (fault.disk == DiskFault::error) faults_.end_disk_error(machine, index);
  for_machine(machine, [&](Node& node) {
    if (fault.disk == DiskFault::slow) node.slower_by -= fault.by;
    if (fault.disk == DiskFault::full) --node.full;
    if (fault.disk == DiskFault::lying && --node.lying == 0) become_durable(node, node.promised);
    node.error_fault = faults_.disk_error_of(machine);
    state_disk(node);
  });
}

/// What is degraded has changed. Slow work is no trouble in itself: what it makes late is.
void World::slow_nodes() {
  for (Node& node : nodes_) {
    node.work.delay = faults_.work_delay(node.machine);
    const std::uint32_t delay = faults_.force_delay(node.machine);
    if (delay == node.force_delay) continue;
    node.force_delay = delay;
    state_disk(node);
  }
}

void World::state_disk(const Node& node) {
  Fact fact = fact_at(FactKind::disk, instant_at(node));
  fact.value = static_cast<std::uint8_t>(node.full != 0);
  fact.unit = (node.has_sound_disk() ? 0u : DiskState::faulty) |
              (node.late_forces == 0 ? 0u : DiskState::late);
  facts_.state(fact);
}

void World::begin_late_force(Node& node) {
  if (++node.late_forces == 1) state_disk(node);
}

void World::end_late_force(Node& node) {
  if (--node.late_forces == 0) state_disk(node);
}

/// Faults stop: what runs ends, what was to come does not, and liveness is owed from here on.
void World::become_quiet() {
  faults_.become_quiet();
  state_node_fact(FactKind::quiet, nodes_.front());
  for (Node& node : nodes_) {
    find_care(node);
    const bool was_sound = node.has_sound_disk();
    node.slower_by = {};
    node.force_delay = 0;
    node.work.delay = 0;
    node.full = 0;
    node.lying = 0;
    become_durable(node, node.promised);
    node.error_fault = no_fault;
    if (!was_sound) state_disk(node);
  }
  for (Node& node : nodes_) {
    if (node.pauses == 0 || !node.is_up) continue;
    node.pauses = 1;
    resume(node);
  }
}

template <typename Visit>
void World::for_machine(NodeId machine, Visit&& visit) {
  for (Node& node : nodes_) {
    if (node.machine == machine) visit(node);
  }
}

std::uint32_t World::kept_by_some(const Fault& fault, NodeId node, std::uint32_t unforced) const {
  const std::uint64_t word = faults_.crash_word(fault, 1, node_at(node).key);
  return static_cast<std::uint32_t>(below(word, unforced + 1u));
}

void World::crash_machine(std::uint32_t index, NodeId machine) {
  const Fault& fault = faults_.fault(index);
  for_machine(machine, [&](Node& node) {
    const bool cancels_restart = !node.is_up && !fault.restart_after;
    if (!node.is_up && !cancels_restart) return;
    // What the disk keeps are facts, and a fact may set off a second crash without a restart. That
    // one counts the incarnation up again, which cancels the restart scheduled here.
    const std::uint16_t incarnation = ++node.incarnation;
    node.down_by = index;
    if (node.is_up) {
      const std::uint64_t word = faults_.crash_word(index, node.key);
      crash(node, fault.restart_after ? CrashFact::will_restart : CrashFact::for_good);
      lose_tail(node, fault.keep, word);
      if (fault.damage != Damage{}) suffer(node, index, word);
    } else {
      state_node_fact(FactKind::crashed, node, CrashFact::for_good);
    }
    faults_.schedule_restart(index, now_, node.id, incarnation);
  });
}

/// The node stops between two effects. What it was about to do is gone with its memory.
void World::crash(Node& node, std::uint8_t crash_fact) {
  timers_.disarm(pending_, node.id);
  discard_inbox(node);
  discard_work(node);
  INDOUBT_CHECK(node.forces <= pending_.live);
  pending_.live -= node.forces;
  const bool was_late = node.late_forces != 0;
  node.lose_memory();
  has_lost_connections_ = !connections_.empty();
  if (was_late) state_disk(node);
  fold_event(5, node.id);
  state_node_fact(FactKind::crashed, node, crash_fact);
}

void World::lose_tail(Node& node, Keep keep, std::uint64_t word) {
  const std::uint32_t unforced = node.log.records() - node.log.forced_records();
  if (unforced == 0) return;
  std::uint32_t kept = 0;
  if (keep == Keep::all) kept = unforced;
  if (keep == Keep::some) kept = static_cast<std::uint32_t>(below(word, unforced + 1u));
  if (keep == Keep::torn) kept = static_cast<std::uint32_t>(below(word, unforced));
  fold(kept, unforced);
  if (kept > 0) become_durable(node, node.log.forced_records() + kept);
  const bool loses = node.log.forced_records() < node.log.records();
  node.log.for_unforced([&](const RecordView& record) { state_told(node, record); });
  node.log.crash(0, keep == Keep::torn);
  if (loses) state_lost(node);
}

/// Says of a record that is lost when its node last told anybody anything about its order.
void World::state_told(const Node& node, const RecordView& record) {
  if (record.order == no_order) return;
  const TrueTime told = progress_.told(node.id, record.order);
  if (told == never) return;
  Fact fact = fact_at(FactKind::told, instant_at(node));
  fact.order = record.order;
  fact.expires = ClockTime{told.time_since_epoch()};
  facts_.state(fact);
}

/// Everything that its log once had and has no longer.
void World::state_lost(const Node& node) {
  Fact fact = fact_at(FactKind::lost, instant_at(node));
  fact.record = node.log.records();
  facts_.state(fact);
}

void World::restart(Node& node) {
  INDOUBT_CHECK(!node.is_up && node.keeps_nothing() && !node.has_mail());
  last_event_ = now_;
  node.role = plan_->plan().nodes[node.id.index].role;
  bool is_sound = false;
  try {
    is_sound = node.log.recover([&](const RecordView& record) {
      node.role.replay(record.kind, record.order, whole_content(record).data());
    });
  } catch (...) {
    return fail_replay(node);
  }
  node.force_end = node.log.records();
  if (!is_sound) return stay_down(node);
  node.is_up = true;
  if (node_at(node.machine).clock_is_lost) start_clock_anew(node_at(node.machine));
  fold_event(6, node.id);
  state_node_fact(FactKind::restarted, node);
  handle_kind(node, restart_kind);
  go_on(node);
}

/// Its log is damaged in the middle. Whoever came up with what stands before the damage would have
/// forgotten what it forced, so it says so and waits for people.
void World::stay_down(Node& node) {
  node.role = plan_->plan().nodes[node.id.index].role;
  fold_event(10, node.id);
  state_node_fact(FactKind::crashed, node, CrashFact::finds_damage);
}

void World::pause(Node& node) {
  if (++node.pauses > 1) return;
  node.work.stopped = now_;
  fold_event(7, node.id);
  state_node_fact(FactKind::paused, node);
}

void World::resume(Node& node) {
  if (node.pauses == 0 || --node.pauses > 0) return;
  last_event_ = now_;
  fold_event(8, node.id);
  state_node_fact(FactKind::resumed, node);
  resume_work(node);
  if (!node.held.empty()) let_held_take_place(node);
  if (node.is_up) go_on(node);
}

void World::state_node_fact(FactKind kind, const Node& node, std::uint8_t value) {
  Fact fact = fact_at(kind, instant_at(node));
  fact.value = value;
  facts_.state(fact);
}

void World::set_late_clocks(Node& machine) {
  for (const Fault* fault : late_clocks_) set_clock(*fault, machine);
  late_clocks_.clear();
  has_late_clocks_ = false;
}

/// A clock belongs to a machine; timers count at its rate, so a new rate moves their deadlines.
void World::set_clock(const Fault& fault, Node& machine) {
  if (handling_at_ != no_node && node_at(handling_at_).machine == machine.id) {
    late_clocks_.push_back(&fault);  // A handler runs at one instant, and reads one time.
    has_late_clocks_ = true;
    return;
  }
  Clock& clock = machine.clock;
  const ClockTime before = clock.reading(now_);
  if (fault.drift_ppb) clock.set_drift(now_, *fault.drift_ppb);
  if (fault.offset) clock.set_offset(now_, *fault.offset);
  if (fault.jump) clock.jump(*fault.jump);
  for_machine(machine.id, [&](Node& node) {
    node.clock_drifts = clock.drift_ppb() != 0;
    node.clock_offset = clock.offset();
  });
  const Duration moved = clock.reading(now_) - before;
  progress_.set_clock(moved);
  fold_event(9, machine.id);
  fold(signed_word(moved.count()), signed_word(clock.drift_ppb()));
  for_machine(machine.id, [&](Node& node) {
    if (fault.drift_ppb) timers_.change_rate(pending_, node.id, clock, now_);
    Fact fact = fact_at(FactKind::clock_set, instant_at(node));
    fact.expires = ClockTime{moved};
    fact.unit = static_cast<std::uint32_t>(static_cast<std::int32_t>(clock.drift_ppb()));
    facts_.state(fact);
  });
}

/// A `when` fault takes place at the fact's instant, before any further effect of any node, but
/// after all facts of the same message or record.
void World::trigger_faults(std::size_t number) {
  const Fact fact = history()[number];
  for (std::size_t position = 0;;) {
    const std::uint32_t index = faults_.triggers().take_for_fact(position, fact);
    if (index == no_fault) return;
    occur(index);
  }
}

void World::find_care(Node& node) {
  const bool is_careful = is_mutated(node) || !node.held.empty();
  node.careful_from = is_careful ? 0 : faults_.triggers().next_place(node.id, node.effects);
}

/// Lets faults take place whose place is right before this effect.
void World::check_places(Node& node, const Effect& effect) {
  for (std::size_t position = 0;;) {
    const std::uint64_t number = node.effects + 1;
    const std::uint32_t index =
        faults_.triggers().take_for_place(position, node.id, number, effect);
    if (index == no_fault) break;
    node.struck_effect = number;
    occur(index, &effect);
    if (!node.is_up) return;
  }
  find_care(node);
}

}  // namespace indoubt::sim
