#include <algorithm>
#include <memory>
#include <utility>

#include "sim/world/sending.hpp"
#include "sim/world/world.hpp"

// Effects: what a handler does to the world, at the instant at which it takes place.
namespace indoubt::sim {
namespace {

constexpr std::uint64_t force_stream = 0x666f'7263'6500'0001u;
constexpr std::uint64_t draw_stream = 0x6472'6177'0000'0002u;

/// What is held back is judged by the clock that its handler read: nothing at the node can come
/// between the two, and what it wrote in between would be one transaction elsewhere. A timer begins
/// when the pause is over.
void note_reading(Effect& effect, const Handling& handling) {
  if (effect.type != EffectType::arm) effect.after = handling.now.time_since_epoch();
}

void read_clock(Node& node, const Clock& clock) {
  node.clock_drifts = clock.drift_ppb() != 0;
  node.clock_offset = clock.offset();
}

}  // namespace

/// Lets an effect take place now, or keeps it for later. Returns its node if the effect is to take
/// place now, and null if not.
[[gnu::always_inline]] inline Node* World::admit(Handling& handling, Effect& effect) {
  Node& node = node_at(handling.node);
  effect.handling = handling.number;
  effect.index = ++handling.effects;
  effect.handling_kind = handling.kind;
  // A crash in the middle of a handling gives the node another incarnation.
  const bool is_plain =
      node.incarnation == handling.incarnation && node.keeps_nothing() && !node.needs_care();
  if (!is_plain && !admit_with_care(node, handling, effect)) return nullptr;
  ++node.effects;
  if (effect.type == EffectType::force) handling.waits = true;
  return &node;
}

/// For effects that are not plain: they have to wait for a force, their node crashed in the middle
/// of the handling, or a fault or a mutation may concern them.
bool World::admit_with_care(Node& node, const Handling& handling, Effect effect) {
  if (collects_effects_) {
    collected_.add(effect);
    return false;
  }
  if (node.incarnation != handling.incarnation) return false;  // it crashed meanwhile
  if (!node.held.empty()) {
    node.held_waits = handling.waits;
    note_reading(effect, handling);
    node.held.push(effect);
    return false;
  }
  if (!node.must_wait(effect.type, handling.waits) && node.needs_care()) {
    const std::uint16_t pauses = node.pauses;
    check_places(node, effect);
    if (node.incarnation != handling.incarnation) return false;
    if (node.pauses > pauses) {
      node.held_waits = handling.waits;
      note_reading(effect, handling);
      hold(node, effect);
      return false;
    }
  }
  if (!node.must_wait(effect.type, handling.waits)) return true;
  node.tail.push(effect);
  return false;
}

void World::admit_failure(Handling& handling, Effect effect) {
  if (Node* node = admit(handling, effect)) apply_fail(*node, effect);
}

bool Effects::disk_is_full() {
  if (world_.finds_disk_full_) ++world_.counters_.mutations;
  return world_.finds_disk_full_ || world_.node_at(handling_.node).full != 0;
}

NodeId Effects::client() const { return world_.plan_->client(); }

std::uint32_t Effects::order_number(OrderId order) const {
  return world_.plan_->plan().number_of(order);
}

std::uint32_t Effects::order_count() const { return world_.plan_->orders(); }

std::uint64_t Effects::fixed_draw(std::uint32_t number, std::uint64_t name) const {
  return fixed_word(world_.seed_, world_.node_at(handling_.node).key, name, number);
}

std::uint64_t Effects::draw(OrderId order, std::uint64_t name) {
  const auto number = static_cast<std::uint32_t>(world_.order_key(order));
  const std::uint64_t key = mix(fixed_draw(number, name), draw_stream);
  return sim::draw(key, world_.counts_.count(key));
}

[[gnu::always_inline]] inline void World::apply_append(Node& node, const Effect& effect) {
  const std::uint32_t number = node.log.records();
  const std::uint64_t hash =
      node.log.append(effect.kind, effect.order, effect.words, effect.word_count);
  fold_event(4, node.id);
  digest_ = mix(digest_, hash);
  if (observer_ != nullptr) tell_effect(Observation::Type::appended, node, effect);
  if (const auto facts = records_[effect.kind].facts; facts != nullptr) {
    const std::size_t first = history().size();
    FactSink sink{facts_, instant_at(node), effect.order, number};
    facts(effect.words, sink);
    facts_trigger(first);
  }
}

/// From here on what has to wait for the force waits for this place in the tail.
[[gnu::always_inline]] inline void World::begin_force(Node& node, OrderId order, TrueTime done,
                                                      PendingForce force) {
  if (node.groups_commits) {
    Effect barrier;
    barrier.type = EffectType::barrier;
    node.tail.push(barrier);
  }
  ++node.forces;
  ++pending_.live;
  const std::uint32_t index = pending_.slots.take();
  Slot& slot = pending_.slots[index];
  slot.order = order;
  slot.from = slot.to = node.id;
  slot.kind = 0;
  slot.type = SlotType::force;
  slot.incarnation = node.incarnation;
  std::construct_at(&slot.force, force);
  pending_.add(done, index);
}

/// There is nothing new to force: it is enough to wait for what is under way, and costs nothing.
void World::join_forces(Node& node, OrderId order) {
  if (node.forces == 0) return;
  begin_force(node, order, node.last_force, {.end = node.force_end, .is_own = false});
}

void World::apply_force(Node& node, const Effect& effect) {
  if (node.error_fault != no_fault) {
    // The force fails and the node stops: after a failed force nobody knows what is on the disk.
    const std::uint32_t fault = node.error_fault;
    crash_machine(fault, node.machine);
    return;
  }
  if (node.outputs_by_handling && node.has_forced_all()) return join_forces(node, effect.order);
  ++counters_.forced_writes;
  Duration latency;
  const Sampler& sampler = plan_->force_latency(node.id);
  if (plan_->force_is_random(node.id)) {
    const std::uint64_t key = mix(mix(seed_ ^ node.key, force_stream), order_key(effect.order));
    latency = sampler(draw(key, counts_.count(mix(key, force_stream))));
  } else {
    latency = sampler(0);
  }
  TrueTime done = now_ + latency + times_as_long(latency, node.force_delay) + node.slower_by;
  if (node.groups_commits) done = std::max(done, node.last_force);
  node.last_force = done;
  node.force_end = node.log.records();
  progress_.take(done - now_);
  const bool is_late = done - now_ > prompt_;
  if (is_late) [[unlikely]]
    begin_late_force(node);
  begin_force(node, effect.order, done, {node.log.records(), is_late});
  if (observer_ != nullptr) tell_effect(Observation::Type::forcing, node, effect, done);
}

[[gnu::always_inline]] inline void World::apply_arm(Node& node, const Effect& effect) {
  const Clock& clock = clock_of(node);
  const Duration after = std::max(Duration{0}, effect.after);  // "until then" may be over already
  const TrueTime deadline = now_ + clock.true_length(after);
  if (observer_ != nullptr) tell_effect(Observation::Type::armed, node, effect, deadline);
  timers_.arm(pending_, {.node = node.id,
                         .incarnation = node.incarnation,
                         .order = effect.order,
                         .kind = effect.kind,
                         .deadline = deadline,
                         .local_deadline = clock.elapsed(now_) + after});
}

[[gnu::always_inline]] inline void World::apply_cancel(Node& node, const Effect& effect) {
  if (observer_ != nullptr) tell_effect(Observation::Type::cancelled, node, effect);
  timers_.cancel(pending_, node.id, effect.order, effect.kind);
}

void Effects::send(NodeId to, OrderId order, Kind kind, const std::uint64_t* words) {
  Effect effect;
  effect.type = EffectType::send;
  effect.kind = kind;
  effect.to = to;
  effect.order = order;
  effect.word_count = world_.briefs_[kind].words;
  effect.words = words;
  if (Node* node = world_.admit(handling_, effect)) world_.apply_send(*node, effect);
}

void Effects::append(OrderId order, Kind kind, const std::uint64_t* words) {
  Effect effect;
  effect.type = EffectType::append;
  effect.kind = kind;
  effect.order = order;
  effect.word_count = world_.records_[kind].words;
  effect.words = words;
  // Zeros at the end are left out: lists of units have room for many and hold few.
  while (effect.word_count > 0 && words[effect.word_count - 1] == 0) --effect.word_count;
  if (Node* node = world_.admit(handling_, effect)) world_.apply_append(*node, effect);
}

void Effects::force(OrderId order) {
  Effect effect;
  effect.type = EffectType::force;
  effect.order = order;
  if (Node* node = world_.admit(handling_, effect)) world_.apply_force(*node, effect);
}

void Effects::await_forces(OrderId order) {
  Node& node = world_.node_at(handling_.node);
  const bool is_alive = node.incarnation == handling_.incarnation;
  // What this handling has asked to be forced itself is behind all others.
  const bool must_wait = node.outputs_by_handling && node.forces != 0 && !handling_.waits;
  if (!is_alive || !must_wait) return;
  world_.join_forces(node, order);
  handling_.waits = true;
}

void Effects::arm(OrderId order, Kind kind, Duration after) {
  Effect effect;
  effect.type = EffectType::arm;
  effect.kind = kind;
  effect.order = order;
  effect.after = after;
  if (Node* node = world_.admit(handling_, effect)) world_.apply_arm(*node, effect);
}

void Effects::cancel(OrderId order, Kind kind) {
  Effect effect;
  effect.type = EffectType::cancel;
  effect.kind = kind;
  effect.order = order;
  if (Node* node = world_.admit(handling_, effect)) world_.apply_cancel(*node, effect);
}

/// Who crashed in the middle of its handler has no memory any more.
bool Effects::note(OrderId order, FactKind kind, std::span<const std::uint32_t> units) {
  Node& node = world_.node_at(handling_.node);
  if (node.incarnation != handling_.incarnation) return true;
  if (world_.keeps_locks_ && kind == FactKind::unlocked && !units.empty()) {
    ++world_.counters_.mutations;
    return false;
  }
  const std::size_t first = world_.history().size();
  FactSink sink{world_.facts_, world_.instant_at(node), order};
  sink.change(kind, units);
  world_.facts_trigger(first);
  return true;
}

[[gnu::always_inline]] inline void World::apply(Node& node, const Effect& effect) {
  switch (effect.type) {
    case EffectType::send: return apply_send(node, effect);
    case EffectType::append: return apply_append(node, effect);
    case EffectType::force: return apply_force(node, effect);
    case EffectType::arm: return apply_arm(node, effect);
    case EffectType::cancel: return apply_cancel(node, effect);
    case EffectType::barrier: return;
    case EffectType::fail: return apply_fail(node, effect);
  }
}

/// Lets waiting effects take place up to the next force.
void World::let_tail_take_place(Node& node) {
  std::array<std::uint64_t, record_words> words;  // of the effect, and zeros behind them
  while (!node.tail.empty() && node.can_act()) {
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
      if (!node.can_act() || node.tail.empty()) return;
    }
    ++node.effects;
    apply(node, node.tail.pop(words));
  }
}

/// A pause began right before this effect: with all that the handler wants behind it, it waits
/// until the pause ends. Meanwhile every effect of the node needs care.
void World::hold(Node& node, const Effect& effect) {
  node.held.push(effect);
  find_care(node);
}

/// The pause is over, and the handler goes on, so to speak.
void World::let_held_take_place(Node& node) {
  std::array<std::uint64_t, record_words> words;
  while (!node.held.empty()) {
    const bool is_next = !node.must_wait(node.held.front().type, node.held_waits);
    if (is_next) check_places(node, node.held.front());
    if (!node.can_act() || node.held.empty()) return;
    Effect effect = node.held.pop(words);
    const bool has_reading = effect.type != EffectType::arm;
    const Duration reading = has_reading ? std::exchange(effect.after, {}) : Duration{};
    if (!is_next) {
      node.tail.push(effect);
      continue;
    }
    ++node.effects;
    if (has_reading) {
      node.clock_drifts = false;
      node.clock_offset = reading - now_.time_since_epoch();
    }
    if (effect.type == EffectType::force) node.held_waits = true;
    apply(node, effect);
    read_clock(node, clock_of(node));
  }
  find_care(node);
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

}  // namespace indoubt::sim
