#include <algorithm>
#include <charconv>
#include <string_view>

#include "sim/base/check.hpp"
#include "sim/world/world.hpp"

// Faults: what goes wrong, when, and how it ends.
namespace indoubt::sim {
namespace {

constexpr std::uint64_t every_stream = 0x6576'6572'7900'0003u;
constexpr std::uint64_t keep_stream = 0x6b65'6570'0000'0004u;
constexpr Kind restart_kind = WorldKinds::of<Restart>();
/// Quiet comes after the faults of its instant.
constexpr std::uint32_t after_all_faults = 0xffff'ffff;

/// "gc#3" is the third occurrence of "gc", made explicit: it draws what that occurrence drew.
struct FaultName {
  std::string_view base;
  std::uint32_t occurrence = 0;  ///< 0: not explicit
};

FaultName parse_id(std::string_view id) {
  const std::size_t hash = id.rfind('#');
  if (hash == std::string_view::npos) return {id};
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(id.data() + hash + 1, id.data() + id.size(), number);
  if (error != std::errc{} || end != id.data() + id.size()) return {id};
  return {id.substr(0, hash), number};
}

std::uint64_t signed_word(std::int64_t value) { return static_cast<std::uint64_t>(value); }

}  // namespace

void World::reset_faults(std::span<const Fault> schedule) {
  faults_.clear();
  fault_states_.clear();
  agenda_.clear();
  cuts_.clear();
  disk_errors_.clear();
  match_faults_.clear();
  fact_faults_.clear();
  place_faults_.clear();
  watched_facts_ = facts_seen_ = actions_fired_ = 0;
  add_to_agenda({.at = plan_->limits().quiet_after, .fault = after_all_faults, .due = Due::quiet});
  for (const Fault& fault : schedule) inject(fault);
}

void World::inject(const Fault& fault) {
  const auto index = static_cast<std::uint32_t>(faults_.size());
  faults_.push_back(&fault);
  fault_states_.emplace_back();
  switch (fault.trigger) {
    case Trigger::at: return add_to_agenda({.at = fault.at, .fault = index});
    case Trigger::every: return schedule_every(index, now_);
    case Trigger::when:
      fact_faults_.push_back(index);
      watched_facts_ |= 1u << static_cast<unsigned>(fault.when.fact);
      return;
    case Trigger::match: return wait_for_message(index);
    case Trigger::place:
      place_faults_.push_back(index);
      find_care(node_at(fault.nodes.front()));
      return;
  }
}

void World::add_to_agenda(const Agendum& agendum) {
  const auto at = std::find_if(agenda_.rbegin(), agenda_.rend(),
                               [&](const Agendum& other) { return agendum.before(other); });
  agenda_.insert(at.base(), agendum);
  find_turn();
}

/// From when on the run loop has something else to do than the next event.
void World::find_turn() {
  const TrueTime end = plan_->limits().sim_time;
  const TrueTime after_end = end == never ? never : end + Duration{1};
  next_fault_ = agenda_.empty() ? never : agenda_.back().at;
  turn_ = std::min(next_fault_, after_end);
}

void World::schedule_every(std::uint32_t index, TrueTime from) {
  const Fault& fault = *faults_[index];
  const CompiledFault* compiled = plan_->compiled(fault, index);
  const std::uint64_t name = compiled != nullptr ? compiled->name : hash_name(fault.id);
  const Sampler& gap = compiled != nullptr ? compiled->gap : sampler_for(fault.every);
  const std::uint64_t key = mix(seed_ ^ name, every_stream);
  const Duration after = std::max(Duration{1}, gap(draw(key, fault_states_[index].occurrences)));
  if (from + after < plan_->limits().quiet_after)
    add_to_agenda({.at = from + after, .fault = index});
}

const Sampler& World::sampler_for(const Distribution& distribution) {
  for (const auto& [known, sampler] : samplers_) {
    if (known == distribution) return sampler;
  }
  return samplers_.emplace_back(distribution, Sampler{distribution}).second;
}

void World::next_agendum() {
  const Agendum agendum = agenda_.back();
  agenda_.pop_back();
  ++agenda_done_;
  find_turn();
  now_ = std::max(now_, agendum.at);
  switch (agendum.due) {
    case Due::quiet: return become_quiet();
    case Due::end: return end_occurrence(agendum);
    case Due::restart: {
      Node& node = node_at(agendum.node);
      if (!node.is_up && node.incarnation == agendum.incarnation) restart(node);
      return;
    }
    case Due::occur: break;
  }
  last_event_ = now_;
  const bool repeats = faults_[agendum.fault]->trigger == Trigger::every;
  occur(agendum.fault);
  if (repeats) schedule_every(agendum.fault, now_);
}

void World::occur(std::uint32_t index, const Effect* before) {
  const Fault& fault = *faults_[index];
  ++fault_states_[index].occurrences;
  ++counters_.faults;
  actions_fired_ |= 1u << static_cast<unsigned>(fault.action);
  if (observer_ != nullptr) {
    tell_fault(fault, fault_states_[index].occurrences, before);
  }
  if (fault.action == Action::partition) {
    cuts_.push_back(index);
    state_node_fact(FactKind::cut, nodes_.front(), 1);
    if (fault.lasts) add_to_agenda({.at = now_ + *fault.lasts, .fault = index, .due = Due::end});
    return;
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

void World::tell_fault(const Fault& fault, std::uint32_t occurrence, const Effect* before) {
  Observation seen{.type = Observation::Type::fault, .fault = &fault, .occurrence = occurrence};
  if (before != nullptr) {
    seen.effect = node_at(fault.nodes.front()).effects + 1;
    seen.handling = before->handling;
    seen.effect_in_handling = before->index;
    seen.handling_kind = before->handling_kind;
  }
  tell(seen);
}

void World::occur_at_machine(std::uint32_t index, NodeId machine) {
  const Fault& fault = *faults_[index];
  switch (fault.action) {
    case Action::crash: return crash_machine(index, machine);
    case Action::pause:
      for_machine(machine, [&](Node& node) {
        if (!node.is_up) return;
        pause(node);
        if (!fault.lasts) return;
        add_to_agenda({.at = now_ + *fault.lasts,
                       .fault = index,
                       .due = Due::end,
                       .node = node.id,
                       .incarnation = node.incarnation});
      });
      return;
    case Action::clock: return set_clock(fault, node_at(machine));
    case Action::disk:
      for_machine(machine, [&](Node& node) {
        if (fault.disk == DiskFault::slow) node.slower_by += fault.by;
        if (fault.disk == DiskFault::full) ++node.full;
      });
      if (fault.disk == DiskFault::error) {
        disk_errors_.push_back({machine, index});
        find_disk_error(machine);
      }
      if (fault.lasts) {
        add_to_agenda(
            {.at = now_ + *fault.lasts, .fault = index, .due = Due::end, .node = machine});
      }
      return;
    case Action::partition:
    case Action::drop:
    case Action::duplicate:
    case Action::delay:
    case Action::corrupt: return;  // these act on links and messages
  }
}

void World::end_occurrence(const Agendum& agendum) {
  if (is_quiet_) return;  // everything ended then
  const Fault& fault = *faults_[agendum.fault];
  if (observer_ != nullptr) {
    tell({.type = Observation::Type::fault_end, .node = agendum.node, .fault = &fault});
  }
  if (fault.action == Action::partition) {
    cuts_.erase(std::find(cuts_.begin(), cuts_.end(), agendum.fault));
    state_node_fact(FactKind::cut, nodes_.front(), 0);
  } else if (fault.action == Action::pause) {
    Node& node = node_at(agendum.node);
    if (node.is_up && node.incarnation == agendum.incarnation) resume(node);
  } else if (fault.action == Action::disk) {
    for_machine(agendum.node, [&](Node& node) {
      if (fault.disk == DiskFault::slow) node.slower_by -= fault.by;
      if (fault.disk == DiskFault::full) --node.full;
    });
    if (fault.disk == DiskFault::error) {
      const auto ended = std::find(disk_errors_.begin(), disk_errors_.end(),
                                   DiskError{agendum.node, agendum.fault});
      disk_errors_.erase(ended);
      find_disk_error(agendum.node);
    }
  }
}

/// The disk error that covers a machine now: the last that began.
void World::find_disk_error(NodeId machine) {
  std::uint32_t found = none;
  for (const DiskError& error : disk_errors_) {
    if (error.machine == machine) found = error.fault;
  }
  for_machine(machine, [&](Node& node) { node.error_fault = found; });
}

/// Faults stop: what runs ends, what was to come does not, and liveness is owed from here on.
void World::become_quiet() {
  is_quiet_ = true;
  watched_facts_ = 0;
  place_faults_.clear();
  cuts_.clear();
  disk_errors_.clear();
  state_node_fact(FactKind::quiet, nodes_.front());
  for (Node& node : nodes_) {
    node.careful_from = is_mutated(node) ? 0 : nothing_to_mind;
    node.slower_by = {};
    node.full = 0;
    node.error_fault = none;
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

/// Key of what one occurrence of a fault draws.
std::uint64_t World::fault_key(const Fault& fault, std::uint32_t occurrence) const {
  const bool is_recurring =
      fault.trigger == Trigger::every || (fault.trigger == Trigger::match && !fault.match.nth);
  const FaultName name = is_recurring ? FaultName{fault.id} : parse_id(fault.id);
  if (name.occurrence != 0) occurrence = name.occurrence;
  return mix(mix(seed_ ^ hash_name(name.base), keep_stream), occurrence);
}

std::uint32_t World::kept_by_some(const Fault& fault, NodeId node, std::uint32_t unforced) const {
  const std::uint64_t word = draw(fault_key(fault, 1), node_at(node).key);
  return static_cast<std::uint32_t>(below(word, unforced + 1u));
}

void World::crash_machine(std::uint32_t index, NodeId machine) {
  const Fault& fault = *faults_[index];
  const std::uint64_t key = fault_key(fault, fault_states_[index].occurrences);
  for_machine(machine, [&](Node& node) {
    const bool cancels_restart = !node.is_up && !fault.restart_after;
    if (!node.is_up && !cancels_restart) return;
    // What its disk keeps may bring about a crash for good, which takes this restart away.
    const std::uint16_t incarnation = ++node.incarnation;
    if (node.is_up) {
      crash(node, fault, draw(key, node.key));
    } else {
      state_node_fact(FactKind::crashed, node, 0);
    }
    if (!fault.restart_after) return;
    TrueTime at = now_ + *fault.restart_after;
    if (!is_quiet_) at = std::min(at, plan_->limits().quiet_after);
    add_to_agenda({.at = at,
                   .fault = index,
                   .due = Due::restart,
                   .node = node.id,
                   .incarnation = incarnation});
  });
}

/// The node stops between two effects. What it was about to do is gone with its memory.
void World::crash(Node& node, const Fault& fault, std::uint64_t word) {
  timers_.disarm(pending_, node.id);
  discard_inbox(node);
  node.tail.clear();
  node.struck_effect = 0;
  pending_.live -= node.forces;
  node.forces = node.barriers_done = 0;
  node.last_force = {};
  node.pauses = 0;
  node.is_up = false;
  fold_event(5, node.id);
  state_node_fact(FactKind::crashed, node, fault.restart_after ? 1 : 0);
  lose_tail(node, fault.keep, word);
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
  node.log.crash(0, keep == Keep::torn);
  if (!loses) return;
  add_fact(FactKind::lost, node).record = node.log.records();
  fact_is_complete();
}

void World::restart(Node& node) {
  node.is_up = true;
  last_event_ = now_;
  node.role = plan_->plan().nodes[node.id.index].role;
  node.log.recover([&](const RecordView& record) {
    node.role.replay(record.kind, record.order, whole_content(record).data());
  });
  fold_event(6, node.id);
  state_node_fact(FactKind::restarted, node);
  handle_kind(node, restart_kind);
  go_on(node);
}

void World::pause(Node& node) {
  if (++node.pauses > 1) return;
  fold_event(7, node.id);
  state_node_fact(FactKind::paused, node);
}

void World::resume(Node& node) {
  if (node.pauses == 0 || --node.pauses > 0) return;
  last_event_ = now_;
  fold_event(8, node.id);
  state_node_fact(FactKind::resumed, node);
  go_on(node);
}

void World::state_node_fact(FactKind kind, const Node& node, std::uint8_t value) {
  add_fact(kind, node).value = value;
  fact_is_complete();
}

/// A clock belongs to a machine; timers count at its rate, so a new rate moves their deadlines.
void World::set_clock(const Fault& fault, Node& machine) {
  if (handling_at_ != no_node && node_at(handling_at_).machine == machine.id) {
    late_clocks_.push_back(&fault);  // A handler runs at one instant, and reads one time.
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
  fold_event(9, machine.id);
  fold(signed_word(moved.count()), signed_word(clock.drift_ppb()));
  for_machine(machine.id, [&](Node& node) {
    if (fault.drift_ppb) timers_.change_rate(pending_, node.id, clock, now_);
    Fact& fact = add_fact(FactKind::clock_set, node);
    fact.expires = ClockTime{moved};
    fact.unit = static_cast<std::uint32_t>(static_cast<std::int32_t>(clock.drift_ppb()));
    fact_is_complete();
  });
}

/// A link is open when no cut covers it. Nodes of one machine are cut together, and never apart.
bool World::is_cut(NodeId from, NodeId to) const {
  const auto group_of = [&](const Fault& fault, NodeId machine) {
    for (std::size_t i = 0; i < fault.groups.size(); ++i) {
      for (const NodeId member : fault.groups[i]) {
        if (node_at(member).machine == machine) return static_cast<int>(i);
      }
    }
    return -1;
  };
  for (const std::uint32_t cut : cuts_) {
    const Fault& fault = *faults_[cut];
    const int sender = group_of(fault, from);
    const int receiver = group_of(fault, to);
    if (sender < 0 || receiver < 0 || sender == receiver) continue;
    if (!fault.one_way || sender == 0) return true;
  }
  return false;
}

/// A `when` fault takes place at the fact's instant, before any further effect of any node, but
/// after all facts of the thing that states it.
void World::trigger_faults(std::size_t number) {
  const Fact fact = history_[number];
  for (std::size_t waiting = 0; waiting < fact_faults_.size();) {
    const std::uint32_t index = fact_faults_[waiting++];
    const auto& pattern = faults_[index]->when;
    if (pattern.fact != fact.kind) continue;
    if (pattern.at && *pattern.at != fact.node) continue;
    if (pattern.order && *pattern.order != fact.order) continue;
    if (++fault_states_[index].seen != pattern.nth) continue;
    forget_fault(fact_faults_, --waiting);
    if (fact_faults_.empty()) watched_facts_ = 0;
    occur(index);
  }
}

void World::wait_for_message(std::uint32_t index) {
  const auto& match = faults_[index]->match;
  constexpr NodeId any_node{0xffff};
  const Kind any_kind = 0xff;
  MatchFault waiting{.fault = index, .is_any_order = !match.order};
  waiting.mask = MatchFault::word(match.from ? any_node : NodeId{0},
                                  match.to ? any_node : NodeId{0}, match.kind ? any_kind : Kind{0});
  waiting.wanted = MatchFault::word(match.from.value_or(NodeId{0}), match.to.value_or(NodeId{0}),
                                    match.kind.value_or(Kind{0}));
  if (match.order) waiting.order = *match.order;
  match_faults_.push_back(waiting);
}

void World::handling_begins(Node& node, Kind kind, OrderId order) {
  for (const std::uint32_t index : place_faults_) {
    const Fault& fault = *faults_[index];
    FaultState& state = fault_states_[index];
    if (fault.nodes.front() != node.id || !fault.place.handling) continue;
    const auto& wanted = *fault.place.handling;
    if (wanted.kind != kind || wanted.order.value_or(no_order) != order) continue;
    if (++state.seen == wanted.nth) state.handling = node.handlings;
  }
}

/// Which effect is the next that something waits for. Whoever counts handlings looks at all of
/// them.
void World::find_care(Node& node) {
  node.careful_from = is_mutated(node) ? 0 : nothing_to_mind;
  for (const std::uint32_t index : place_faults_) {
    const Fault& fault = *faults_[index];
    if (fault.nodes.front() != node.id) continue;
    const bool is_over = !fault.place.handling && fault.place.effect <= node.effects;
    const std::uint64_t from = fault.place.handling ? 0 : fault.place.effect - std::uint64_t{1};
    if (!is_over) node.careful_from = std::min(node.careful_from, from);
  }
}

/// Lets faults take place whose place is right before this effect.
void World::check_places(Node& node, const Effect& effect) {
  for (std::size_t waiting = 0; waiting < place_faults_.size();) {
    const std::uint32_t fault_index = place_faults_[waiting++];
    const Fault& fault = *faults_[fault_index];
    if (fault.nodes.front() != node.id) continue;
    const bool is_here = fault.place.handling
                             ? fault_states_[fault_index].handling == effect.handling &&
                                   fault.place.effect == effect.index
                             : fault.place.effect == node.effects + 1;
    if (!is_here) continue;
    forget_fault(place_faults_, --waiting);
    node.struck_effect = node.effects + 1;
    occur(fault_index, &effect);
    if (!node.is_up) return;
  }
  find_care(node);
}

}  // namespace indoubt::sim
