#include <algorithm>
#include <bit>
#include <cstring>

#include "sim/base/check.hpp"
#include "sim/world/world.hpp"

// Effects: what a handler does to the world, at the instant at which it takes place.
namespace indoubt::sim {
namespace {

constexpr std::uint64_t force_stream = 0x666f'7263'6500'0001u;
constexpr std::uint64_t draw_stream = 0x6472'6177'0000'0002u;

}  // namespace

/// Lets an effect take place now, or keeps it for later. Returns its node if it is to take place.
[[gnu::always_inline]] inline World::Node* World::admit(Handling& handling, Effect& effect) {
  Node& node = node_at(handling.node);
  effect.handling = handling.number;
  effect.index = ++handling.effects;
  effect.handling_kind = handling.kind;
  // A crash in the middle of a handling gives the node another incarnation.
  const bool is_plain = node.incarnation == handling.incarnation && node.keeps_nothing() &&
                        !node.needs_care();
  if (!is_plain && !admit_with_care(node, handling, effect)) return nullptr;
  ++node.effects;
  return &node;
}

bool World::admit_with_care(Node& node, const Handling& handling, Effect effect) {
  if (collects_effects_) {
    collected_.add(effect);
    return false;
  }
  if (node.incarnation != handling.incarnation) return false;  // it crashed meanwhile
  if (!must_wait(node, effect.type) && node.needs_care()) {
    check_places(node, effect);
    if (node.incarnation != handling.incarnation) return false;
  }
  if (!must_wait(node, effect.type)) return true;
  node.tail.push(effect);
  return false;
}

/// Behind a force, and behind what waits already. A pause in the middle of a handler delays only what
/// waits: the rest belongs to the handler's own instant.
bool World::must_wait(const Node& node, EffectType type) const {
  const bool is_write = type == EffectType::append || type == EffectType::force;
  if (node.groups_commits && is_write) return false;
  return !node.keeps_nothing();
}

/// What a random word of a message is for. Each has its own counter, so none shifts another.
enum class World::Purpose : std::uint64_t { latency, loss, duplicate, copy_latency, corrupt };

/// What becomes of one message.
struct World::Journey {
  const CompiledLink* link = nullptr;  ///< null between nodes of one machine
  Fate fate = Fate::travels;
  TrueTime arrival{};
  std::uint64_t key = 0;  ///< of its random words
  std::uint32_t nth = 0;
  Duration delayed_by{};

  std::uint64_t word(Purpose purpose) const {
    return multiply_fold(key ^ 0x8ebc'6af0'9c88'c6e3u,
                         key + (static_cast<std::uint64_t>(purpose) + 1) * 0x9e37'79b9'7f4a'7c15u);
  }
};

/// The key of the message's random words: of sender, receiver, order, and which of these it is.
[[gnu::always_inline]] inline void World::draw_key(const Node& node, const Effect& effect,
                                                   Journey& journey) {
  journey.nth = sendings_.count(node.id, effect.to, effect.order);
  // The sender's key is turned so that the two directions of a link differ.
  const std::uint64_t key = std::rotl(node.seed_key, 23) + node_at(effect.to).seed_key +
                            order_key(effect.order) * 0x9e37'79b9'7f4a'7c15u;
  journey.key = multiply_fold(key ^ 0xa076'1d64'78bd'642fu,
                              journey.nth ^ 0xe703'7ed1'a0b4'28dbu) ^ key;
}

/// Loss and corruption by the link's own rates.
inline void World::draw_loss(Journey& journey) {
  const CompiledLink& link = *journey.link;
  if (journey.fate != Fate::travels) return;
  if (!link.loss.is_zero() && link.loss.happens(journey.word(Purpose::loss))) {
    journey.fate = Fate::lost;
  } else if (!link.corrupt.is_zero() && link.corrupt.happens(journey.word(Purpose::corrupt))) {
    journey.fate = Fate::corrupted;
  }
}

/// Whether the link makes a copy of what it carries.
inline bool World::is_duplicated(const Journey& journey) const {
  const Probability rate = journey.link->duplicate;
  return !rate.is_zero() && !is_quiet_ && rate.happens(journey.word(Purpose::duplicate));
}

/// When a message or its copy arrives; on a link that keeps order, not before what was sent before.
[[gnu::always_inline]] inline TrueTime World::arrives(const Journey& journey, Purpose latency,
                                                      Duration later) {
  const CompiledLink& link = *journey.link;
  const TrueTime arrival = now_ + link.latency(link.is_random ? journey.word(latency) : 0) + later;
  if (!link.fifo) return arrival;
  TrueTime& last = last_arrival_[link.index];
  return last = std::max(last, arrival);
}

[[gnu::always_inline]] inline void World::launch(const Node& node, const Effect& effect,
                                                 TrueTime arrival) {
  const std::uint32_t index = slots_.take();
  Slot& slot = slots_[index];
  slot.order = effect.order;
  slot.from = node.id;
  slot.to = effect.to;
  slot.kind = effect.kind;
  slot.type = SlotType::message;
  // All of them, whatever their number: that is three moves and no loop.
  if (effect.word_count != 0) std::memcpy(slot.words.data(), effect.words, sizeof slot.words);
  ++live_;
  queue_.push(QueueEntry::make(arrival, sequence_++, index));
}

[[gnu::always_inline]] inline void World::decide_fate(const Node& node, const Effect& effect,
                                                      Journey& journey) {
  const CompiledLink& link = plan_->link(node.id, effect.to, node.has_links);
  journey.link = &link;
  if (link.is_counted) {
    ++counters_.messages;
    ++messages_by_kind_[effect.kind];
  }
  const bool is_plain = cuts_.empty() && observer_ == nullptr && !is_awaited(node, effect);
  if (!is_plain) {
    journey = decide_fate_amid_faults(node, effect, journey);
    return;
  }
  if (!link.is_random) {
    journey.arrival = arrives(journey, Purpose::latency, Duration{0});
    return;
  }
  draw_key(node, effect, journey);
  if (link.may_go_wrong && !is_quiet_) draw_loss(journey);
  if (journey.fate != Fate::travels) return;
  journey.arrival = arrives(journey, Purpose::latency, Duration{0});
  if (link.may_go_wrong && is_duplicated(journey)) launch_copy(node, effect, journey, Duration{0});
}

/// The commonest effect by far, so it is one straight piece of code. What is rare is called with copies
/// of the effect and the journey: these stay in registers then, and a message costs half.
[[gnu::always_inline]] inline void World::apply_send(Node& node, const Effect& effect) {
  Journey journey;
  if (node_at(effect.to).machine == node.machine) {
    journey.arrival = now_;
  } else {
    decide_fate(node, effect, journey);
  }
  if (observer_ != nullptr) tell_sent(node, effect, journey);
  if (journey.fate == Fate::travels) {
    launch(node, effect, journey.arrival);
  } else {
    message_is_gone(node, effect, journey.fate);
  }
  const KindInfo& info = messages_[effect.kind];
  if (info.facts != nullptr) state_facts(info, node, effect.order, effect.words);
}

ClockTime Effects::now() const { return world_.reading(handling_.node); }

bool Effects::disk_is_full() const { return world_.node_at(handling_.node).full != 0; }

NodeId Effects::client() const { return world_.plan_->client(); }

std::uint32_t Effects::order_number(OrderId order) const {
  return world_.plan_->plan().number_of(order);
}

std::uint32_t Effects::order_count() const { return world_.plan_->orders(); }

std::uint64_t Effects::fixed_draw(std::uint32_t number, std::uint64_t name) const {
  const std::uint64_t node_key = world_.node_at(handling_.node).key;
  return sim::draw(mix(world_.seed_ ^ name, node_key), number);
}

std::uint64_t Effects::draw(OrderId order, std::uint64_t name) {
  const auto number = static_cast<std::uint32_t>(world_.order_key(order));
  const std::uint64_t key = mix(fixed_draw(number, name), draw_stream);
  return sim::draw(key, world_.counts_.count(key));
}

/// That it is gone takes place; why it is gone does not.
void World::message_is_gone(const Node& node, Effect effect, Fate fate) {
  ++(fate == Fate::corrupted ? counters_.corrupted
     : fate == Fate::cut     ? counters_.cut
                             : counters_.lost);
  fold_event(std::uint64_t{3} | std::uint64_t{effect.kind} << 8 |
                 std::uint64_t{effect.to.index} << 16,
             node.id);
}

void World::state_facts(const KindInfo& info, const Node& node, OrderId order,
                        const std::uint64_t* words) {
  const std::size_t first = history_.size();
  FactSink sink{*this, node.id, order};
  info.facts(words, sink);
  facts_trigger(first);
}

void World::launch_copy(const Node& node, Effect effect, Journey journey, Duration later) {
  ++counters_.duplicated;
  const TrueTime arrival = arrives(journey, Purpose::copy_latency, later);
  if (observer_ != nullptr) tell_copied(node, effect, journey, arrival);
  launch(node, effect, arrival);
}

/// The same with what interferes: faults that match the message, cuts, and somebody who wants to know
/// its number.
World::Journey World::decide_fate_amid_faults(const Node& node, Effect effect, Journey journey) {
  draw_key(node, effect, journey);
  copies_.clear();
  if (!is_quiet_) apply_match_faults(node, effect, journey);
  if (is_cut(node.machine, node_at(effect.to).machine)) journey.fate = Fate::cut;
  if (!is_quiet_) draw_loss(journey);
  const bool travels = journey.fate == Fate::travels;
  if (travels) journey.arrival = arrives(journey, Purpose::latency, journey.delayed_by);
  if (journey.fate != Fate::cut) {
    for (const Duration later : copies_) launch_copy(node, effect, journey, later);
  }
  if (travels && is_duplicated(journey)) launch_copy(node, effect, journey, journey.delayed_by);
  return journey;
}

void World::apply_match_faults(const Node& node, const Effect& effect, Journey& journey) {
  const std::uint64_t message = MatchFault::word(node.id, effect.to, effect.kind);
  for (std::size_t i = 0; i < match_faults_.size();) {
    const MatchFault& waiting = match_faults_[i++];
    if (!waiting.matches(message, effect.order)) continue;
    const std::uint32_t index = waiting.fault;
    const Fault& fault = *faults_[index];
    FaultState& state = fault_states_[index];
    ++state.seen;
    if (fault.match.nth && *fault.match.nth != state.seen) continue;
    if (fault.match.nth) forget_fault(match_faults_, --i);
    occur(index);
    switch (fault.action) {
      case Action::drop: journey.fate = Fate::dropped; break;
      case Action::corrupt: journey.fate = Fate::corrupted; break;
      case Action::delay: journey.delayed_by += fault.by; break;
      case Action::duplicate: copies_.push_back(journey.delayed_by + fault.by); break;
      case Action::crash:
      case Action::pause:
      case Action::partition:
      case Action::clock:
      case Action::disk: break;  // took place in `occur`
    }
  }
}

[[gnu::always_inline]] inline void World::apply_append(Node& node, const Effect& effect) {
  const std::uint32_t number = node.log.records();
  const std::uint64_t hash = node.log.append(effect.kind, effect.order, effect.words, effect.word_count);
  fold_event(4, node.id);
  digest_ = mix(digest_, hash);
  if (observer_ != nullptr) tell_effect(Observation::Type::appended, node, effect);
  if (const auto facts = records_[effect.kind].facts; facts != nullptr) {
    const std::size_t first = history_.size();
    FactSink sink{*this, node.id, effect.order, number};
    facts(effect.words, sink);
    facts_trigger(first);
  }
}

void World::apply_force(Node& node, const Effect& effect) {
  if (node.error_fault != none) {
    // The force fails and the node stops: after a failed force nobody knows what is on the disk.
    const std::uint32_t fault = node.error_fault;
    crash_machine(fault, node.machine);
    return;
  }
  ++counters_.forced_writes;
  Duration latency;
  const Sampler& sampler = plan_->force_latency(node.id);
  if (plan_->force_is_random(node.id)) {
    const std::uint64_t key = mix(mix(seed_ ^ node.key, force_stream), order_key(effect.order));
    latency = sampler(draw(key, counts_.count(mix(key, force_stream))));
  } else {
    latency = sampler(0);
  }
  TrueTime done = now_ + latency + node.slower_by;
  if (node.groups_commits) {
    done = std::max(done, node.last_force);
    Effect barrier;
    barrier.type = EffectType::barrier;
    node.tail.push(barrier);
  }
  node.last_force = done;
  ++node.forces;
  ++live_;
  const std::uint32_t index = slots_.take();
  Slot& slot = slots_[index];
  slot.order = effect.order;
  slot.from = slot.to = node.id;
  slot.kind = 0;
  slot.type = SlotType::force;
  slot.incarnation = node.incarnation;
  slot.words[0] = node.log.records();
  queue_.push(QueueEntry::make(done, sequence_++, index));
  if (observer_ != nullptr) tell_effect(Observation::Type::forcing, node, effect, done);
}

[[gnu::always_inline]] inline void World::apply_arm(Node& node, const Effect& effect) {
  const Clock& clock = clock_of(node);
  const Duration after = std::max(Duration{0}, effect.after);  // "until then" may be over already
  const TrueTime deadline = now_ + clock.true_length(after);
  const auto local_deadline = static_cast<std::uint64_t>((clock.elapsed(now_) + after).count());
  const std::uint64_t sequence = sequence_++;
  std::uint32_t& current = timer_slot(node, effect.order, effect.kind);
  if (observer_ != nullptr) tell_effect(Observation::Type::armed, node, effect, deadline);
  if (current == no_slot) {
    ++live_;
  } else if (is_armed_anew(current, deadline, sequence, local_deadline)) {
    return;
  }
  const std::uint32_t index = slots_.take();
  current = index;
  Slot& slot = slots_[index];
  slot.order = effect.order;
  slot.from = slot.to = node.id;
  slot.kind = effect.kind;
  slot.type = SlotType::timer;
  slot.incarnation = node.incarnation;
  slot.words[TimerWord::deadline] = slot.words[TimerWord::queued_at] = to_word(deadline);
  slot.words[TimerWord::sequence] = slot.words[TimerWord::queued_sequence] = sequence;
  slot.words[TimerWord::local_deadline] = local_deadline;
  slot.words[TimerWord::in_inbox] = 0;
  queue_.push(QueueEntry::make(deadline, sequence, index));
}

/// A timer that is in the queue already keeps its entry, unless that would come too late: then it is
/// left to pop as nothing.
bool World::is_armed_anew(std::uint32_t index, TrueTime deadline, std::uint64_t sequence,
                          std::uint64_t local_deadline) {
  Slot& timer = slots_[index];
  const bool was_armed = timer.words[TimerWord::deadline] != to_word(never);
  if (!was_armed) ++live_;
  const bool is_queued_in_time = timer.words[TimerWord::in_inbox] == 0 &&
                                 timer.words[TimerWord::queued_at] <= to_word(deadline);
  timer.words[TimerWord::deadline] = to_word(is_queued_in_time ? deadline : never);
  timer.words[TimerWord::sequence] = sequence;
  timer.words[TimerWord::local_deadline] = local_deadline;
  return is_queued_in_time;
}

[[gnu::always_inline]] inline void World::apply_cancel(Node& node, const Effect& effect) {
  const std::uint32_t current = timer_slot(node, effect.order, effect.kind);
  if (observer_ != nullptr) tell_effect(Observation::Type::cancelled, node, effect);
  if (current == no_slot) return;
  std::uint64_t& deadline = slots_[current].words[TimerWord::deadline];
  if (deadline == to_word(never)) return;
  deadline = to_word(never);
  --live_;
}

void Effects::send(NodeId to, OrderId order, Kind kind, const std::uint64_t* words) {
  Effect effect;
  effect.type = EffectType::send;
  effect.kind = kind;
  effect.to = to;
  effect.order = order;
  effect.word_count = world_.messages_[kind].words;
  effect.words = words;
  if (World::Node* node = world_.admit(handling_, effect)) world_.apply_send(*node, effect);
}

void Effects::append(OrderId order, Kind kind, const std::uint64_t* words) {
  Effect effect;
  effect.type = EffectType::append;
  effect.kind = kind;
  effect.order = order;
  effect.word_count = world_.records_[kind].words;
  effect.words = words;
  // Lists of units have room for many and hold few.
  while (effect.word_count > 0 && words[effect.word_count - 1] == 0) --effect.word_count;
  if (World::Node* node = world_.admit(handling_, effect)) world_.apply_append(*node, effect);
}

void Effects::force(OrderId order) {
  Effect effect;
  effect.type = EffectType::force;
  effect.order = order;
  if (World::Node* node = world_.admit(handling_, effect)) world_.apply_force(*node, effect);
}

void Effects::arm(OrderId order, Kind kind, Duration after) {
  Effect effect;
  effect.type = EffectType::arm;
  effect.kind = kind;
  effect.order = order;
  effect.after = after;
  if (World::Node* node = world_.admit(handling_, effect)) world_.apply_arm(*node, effect);
}

void Effects::cancel(OrderId order, Kind kind) {
  Effect effect;
  effect.type = EffectType::cancel;
  effect.kind = kind;
  effect.order = order;
  if (World::Node* node = world_.admit(handling_, effect)) world_.apply_cancel(*node, effect);
}

[[gnu::always_inline]] inline void World::apply(Node& node, const Effect& effect) {
  switch (effect.type) {
    case EffectType::send: return apply_send(node, effect);
    case EffectType::append: return apply_append(node, effect);
    case EffectType::force: return apply_force(node, effect);
    case EffectType::arm: return apply_arm(node, effect);
    case EffectType::cancel: return apply_cancel(node, effect);
    case EffectType::barrier: return;
  }
}

/// Lets waiting effects take place up to the next force.
void World::drain(Node& node) {
  std::array<std::uint64_t, record_words> words;  // of the effect, and zeros behind them
  while (!node.tail.empty() && node.is_up && node.pauses == 0) {
    if (node.tail.front().type == EffectType::barrier) {
      if (node.barriers_done == 0) return;
      --node.barriers_done;
      node.tail.pop(words);
      continue;
    }
    if (!node.groups_commits && node.forces != 0) return;
    if (node.needs_care()) {
      const Effect& effect = node.tail.front();
      check_places(node, effect);
      if (!node.is_up || node.pauses != 0 || node.tail.empty()) return;
    }
    ++node.effects;
    apply(node, node.tail.pop(words));
  }
}

/// The changed effects of a handling, as if its handler emitted them now.
void World::let_collected_take_place(Handling& handling) {
  handling.effects = 0;
  for (std::size_t i = 0; i < collected_.size(); ++i) {
    Effect effect = collected_.at(i);
    if (Node* node = admit(handling, effect)) apply(*node, effect);
  }
  collected_.clear();
}

/// A new entry of the history, to be filled in and then completed.
inline Fact& World::add_fact_inline(FactKind kind, const Node& node) {
  Fact& fact = history_.emplace_back();
  fact.time = now_;
  fact.clock = clock_of(node).reading(now_);
  fact.node = node.id;
  fact.kind = kind;
  facts_seen_ |= 1u << static_cast<unsigned>(kind);
  return fact;
}

Fact& World::add_fact(FactKind kind, const Node& node) { return add_fact_inline(kind, node); }

inline Fact& FactSink::add(FactKind kind) {
  Fact& fact = world_.add_fact_inline(kind, world_.node_at(node_));
  fact.order = order_;
  fact.record = record_;
  fact.in_record = in_record_;
  return fact;
}

void FactSink::state(FactKind kind, Outcome value) {
  if (kind == FactKind::decided && !in_record_ && !world_.is_first_statement(node_, order_, value)) {
    return;
  }
  add(kind).value = static_cast<std::uint8_t>(value);
  world_.fact_is_complete();
}

void FactSink::change_unit(FactKind kind, std::uint32_t unit, bool is_first,
                           std::uint32_t generation, ClockTime expires) {
  Fact& fact = add(kind);
  fact.unit = unit;
  fact.is_first = is_first;
  fact.generation = generation;
  fact.expires = expires;
  world_.fact_is_complete();
}

void World::tell_fact() {
  const Fact fact = history_.back();
  tell({.type = Observation::Type::fact, .node = fact.node, .order = fact.order, .fact = &fact});
}

/// A decision is one fact, however often it is told.
bool World::is_first_statement(NodeId node, OrderId order, Outcome outcome) {
  if (order == no_order) return true;
  std::uint8_t& stated = stated_[node.index * std::size_t{plan_->orders()} + order.index];
  const auto bit = static_cast<std::uint8_t>(1u << static_cast<unsigned>(outcome));
  if ((stated & bit) != 0) return false;
  stated |= bit;
  return true;
}

void World::tell_effect(Observation::Type type, const Node& node, Effect effect,
                        TrueTime until) {
  tell({.type = type, .node = node.id, .order = effect.order, .kind = effect.kind,
        .words = effect.words, .until = until, .effect = node.effects,
        .handling = effect.handling, .effect_in_handling = effect.index,
        .handling_kind = effect.handling_kind});
}

void World::tell_sent(const Node& node, Effect effect, Journey journey) {
  tell({.type = Observation::Type::sent, .node = node.id, .peer = effect.to, .order = effect.order,
        .kind = effect.kind, .words = effect.words, .fate = journey.fate,
        .until = journey.arrival, .effect = node.effects, .nth = journey.nth,
        .handling = effect.handling, .effect_in_handling = effect.index,
        .handling_kind = effect.handling_kind});
}

void World::tell_copied(const Node& node, Effect effect, Journey journey, TrueTime arrival) {
  tell({.type = Observation::Type::copied, .node = node.id, .peer = effect.to,
        .order = effect.order, .kind = effect.kind, .words = effect.words, .until = arrival,
        .nth = journey.nth});
}

}  // namespace indoubt::sim
