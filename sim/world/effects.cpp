#include <algorithm>
#include <bit>

#include "sim/base/check.hpp"
#include "sim/world/world.hpp"

// Effects: what a handler does to the world, at the instant at which it takes place.
namespace indoubt::sim {
namespace {

/// What a random word of a message is for. Each has its own counter, so none shifts another.
enum class Purpose : std::uint64_t { latency, loss, duplicate, copy_latency, corrupt };

constexpr std::uint64_t force_stream = 0x666f'7263'6500'0001u;
constexpr std::uint64_t draw_stream = 0x6472'6177'0000'0002u;

}  // namespace

void Effects::send(NodeId to, OrderId order, Kind kind, const std::uint64_t* words) {
  Effect effect;
  effect.type = EffectType::send;
  effect.kind = kind;
  effect.to = to;
  effect.order = order;
  effect.word_count = world_.messages_[kind].words;
  effect.words = words;
  world_.emit(handling_, effect);
}

void Effects::append(OrderId order, Kind kind, const std::uint64_t* words) {
  Effect effect;
  effect.type = EffectType::append;
  effect.kind = kind;
  effect.order = order;
  effect.word_count = world_.records_[kind].words;
  effect.words = words;
  world_.emit(handling_, effect);
}

void Effects::force(OrderId order) {
  Effect effect;
  effect.type = EffectType::force;
  effect.order = order;
  world_.emit(handling_, effect);
}

void Effects::arm(OrderId order, Kind kind, Duration after) {
  Effect effect;
  effect.type = EffectType::arm;
  effect.kind = kind;
  effect.order = order;
  effect.after = after;
  world_.emit(handling_, effect);
}

void Effects::cancel(OrderId order, Kind kind) {
  Effect effect;
  effect.type = EffectType::cancel;
  effect.kind = kind;
  effect.order = order;
  world_.emit(handling_, effect);
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

void World::emit(Handling& handling, Effect effect) {
  Node& node = node_at(handling.node);
  if (!node.is_up || node.incarnation != handling.incarnation) return;  // it crashed meanwhile
  effect.handling = handling.number;
  effect.index = ++handling.effects;
  if (must_wait(node, effect.type)) return node.tail.push(effect);
  if (node.has_places) {
    check_places(node, effect.handling, effect.index);
    if (!node.is_up || node.incarnation != handling.incarnation) return;
    if (must_wait(node, effect.type)) return node.tail.push(effect);
  }
  apply(node, effect);
}

bool World::must_wait(const Node& node, EffectType type) const {
  if (node.groups_commits) {
    if (type == EffectType::append || type == EffectType::force) return false;
    return node.forces != 0 || node.pauses != 0 || !node.tail.empty();
  }
  return node.forces != 0 || node.pauses != 0 || !node.tail.empty();
}

/// Lets waiting effects take place up to the next force.
void World::drain(Node& node) {
  std::array<std::uint64_t, record_words> words;
  while (!node.tail.empty() && node.is_up && node.pauses == 0) {
    if (node.tail.front_type() == EffectType::barrier) {
      if (node.barriers_done == 0) return;
      --node.barriers_done;
      node.tail.pop(words);
      continue;
    }
    if (!node.groups_commits && node.forces != 0) return;
    if (node.has_places) {
      const auto [handling, index] = node.tail.front_place();
      check_places(node, handling, index);
      if (!node.is_up || node.pauses != 0 || node.tail.empty()) return;
    }
    apply(node, node.tail.pop(words));
  }
}

void World::apply(Node& node, const Effect& effect) {
  ++node.effects;
  switch (effect.type) {
    case EffectType::send: return apply_send(node, effect);
    case EffectType::append: return apply_append(node, effect);
    case EffectType::force: return apply_force(node, effect);
    case EffectType::arm: return apply_arm(node, effect);
    case EffectType::cancel: return apply_cancel(node, effect);
    case EffectType::barrier: return;
  }
}

/// What becomes of one message.
struct World::Journey {
  const CompiledLink* link = nullptr;  ///< null between nodes of one machine
  Fate fate = Fate::travels;
  TrueTime arrival{};
  std::uint64_t key = 0;  ///< of its random words
  std::uint32_t nth = 0;
  Duration delayed_by{};

  std::uint64_t word(Purpose purpose) const {
    return draw(key, std::uint64_t{nth} * 8 + static_cast<std::uint64_t>(purpose));
  }
  TrueTime arrives_after(TrueTime now, Purpose purpose) const {
    return link == nullptr ? now : now + link->latency(word(purpose)) + delayed_by;
  }
};

std::uint64_t World::count_on_link(const Node& node, const Effect& effect) {
  return std::uint64_t{node.id.index} << 48 | std::uint64_t{effect.to.index} << 32 |
         effect.order.index;
}

void World::apply_send(Node& node, const Effect& effect) {
  Journey journey;
  const Node& receiver = node_at(effect.to);
  if (receiver.machine != node.machine) {
    journey.link = &plan_->link(node.id, effect.to, node.has_links);
    if (journey.link->is_counted) {
      ++counters_.messages;
      ++messages_by_kind_[effect.kind];
    }
  }
  decide_fate(node, effect, journey);
  const bool travels = journey.fate == Fate::travels;
  if (observer_ != nullptr) {
    tell({.type = Observation::Type::sent, .node = node.id, .peer = effect.to, .order = effect.order,
          .kind = effect.kind, .words = effect.words, .fate = journey.fate,
          .until = journey.arrival, .effect = node.effects, .nth = journey.nth,
          .handling = effect.handling, .effect_in_handling = effect.index});
  }
  if (travels) {
    launch(node, effect, journey.arrival);
  } else {
    // That it is gone took place; why it is gone did not.
    ++(journey.fate == Fate::corrupted ? counters_.corrupted
       : journey.fate == Fate::cut     ? counters_.cut
                                       : counters_.lost);
    fold_event(std::uint64_t{3} | std::uint64_t{effect.kind} << 8 |
                   std::uint64_t{effect.to.index} << 16,
               node.id);
  }
  if (const auto facts = messages_[effect.kind].facts; facts != nullptr) {
    FactSink sink{*this, node.id, effect.order};
    facts(effect.words, sink);
  }
}

void World::decide_fate(const Node& node, const Effect& effect, Journey& journey) {
  if (journey.link == nullptr) {
    journey.arrival = now_;
    return;
  }
  const CompiledLink& link = *journey.link;
  if (link.is_random || !match_faults_.empty() || observer_ != nullptr) {
    journey.nth = counts_.count(count_on_link(node, effect));
    // The sender's key is turned so that the two directions of a link differ.
    journey.key = std::rotl(node.seed_key, 23) + node_at(effect.to).seed_key +
                  order_key(effect.order) * 0x9e37'79b9'7f4a'7c15u;
  }
  if (!is_quiet_ && !match_faults_.empty()) apply_match_faults(node, effect, journey);
  if (!cuts_.empty() && is_cut(node.machine, node_at(effect.to).machine)) journey.fate = Fate::cut;
  if (!is_quiet_ && journey.fate == Fate::travels) {
    if (link.loss.happens(journey.word(Purpose::loss)) && !link.loss.is_zero()) {
      journey.fate = Fate::lost;
    } else if (!link.corrupt.is_zero() && link.corrupt.happens(journey.word(Purpose::corrupt))) {
      journey.fate = Fate::corrupted;
    }
  }
  if (journey.fate != Fate::travels) return;
  journey.arrival = journey.arrives_after(now_, Purpose::latency);
  if (link.fifo) {
    TrueTime& last = last_arrival_[link.index];
    journey.arrival = last = std::max(last, journey.arrival);
  }
  if (!is_quiet_ && !link.duplicate.is_zero() && link.duplicate.happens(journey.word(Purpose::duplicate))) {
    ++counters_.duplicated;
    const TrueTime copy = journey.arrives_after(now_, Purpose::copy_latency);
    if (observer_ != nullptr) {
      tell({.type = Observation::Type::copied, .node = node.id, .peer = effect.to,
            .order = effect.order, .kind = effect.kind, .words = effect.words, .until = copy,
            .nth = journey.nth});
    }
    launch(node, effect, copy);
  }
}

void World::apply_match_faults(const Node& node, const Effect& effect, Journey& journey) {
  for (const std::uint32_t index : match_faults_) {
    const Fault& fault = *faults_[index];
    const auto& match = fault.match;
    if (match.from && *match.from != node.id) continue;
    if (match.to && *match.to != effect.to) continue;
    if (match.kind && *match.kind != effect.kind) continue;
    if (match.order && *match.order != effect.order) continue;
    FaultState& state = fault_states_[index];
    ++state.seen;
    if (match.nth && *match.nth != state.seen) continue;
    occur(index);
    switch (fault.action) {
      case Action::drop: journey.fate = Fate::dropped; break;
      case Action::corrupt: journey.fate = Fate::corrupted; break;
      case Action::delay: journey.delayed_by += fault.by; break;
      case Action::duplicate: {
        ++counters_.duplicated;
        const TrueTime copy = journey.arrives_after(now_, Purpose::copy_latency) + fault.by;
        if (observer_ != nullptr) {
          tell({.type = Observation::Type::copied, .node = node.id, .peer = effect.to,
                .order = effect.order, .kind = effect.kind, .words = effect.words, .until = copy,
                .nth = journey.nth});
        }
        launch(node, effect, copy);
        break;
      }
      case Action::crash:
      case Action::pause:
      case Action::partition:
      case Action::clock:
      case Action::disk: break;  // took place in `occur`
    }
  }
}

void World::launch(const Node& node, const Effect& effect, TrueTime arrival) {
  const std::uint32_t index = slots_.take();
  Slot& slot = slots_[index];
  slot.order = effect.order;
  slot.from = node.id;
  slot.to = effect.to;
  slot.kind = effect.kind;
  slot.type = SlotType::message;
  for (std::size_t i = 0; i < effect.word_count; ++i) slot.words[i] = effect.words[i];
  ++live_;
  queue_.push(QueueEntry::make(arrival, sequence_++, index));
}

void World::apply_append(Node& node, const Effect& effect) {
  const std::uint32_t number = node.log.records();
  const std::uint64_t hash = node.log.append(effect.kind, effect.order, effect.words, effect.word_count);
  fold_event(4, node.id);
  digest_ = mix(digest_, hash);
  if (observer_ != nullptr) {
    tell({.type = Observation::Type::appended, .node = node.id, .order = effect.order,
          .kind = effect.kind, .words = effect.words, .effect = node.effects,
          .handling = effect.handling, .effect_in_handling = effect.index});
  }
  if (const auto facts = records_[effect.kind].facts; facts != nullptr) {
    FactSink sink{*this, node.id, effect.order, number};
    facts(effect.words, sink);
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
  if (observer_ != nullptr) {
    tell({.type = Observation::Type::forcing, .node = node.id, .order = effect.order, .until = done,
          .effect = node.effects, .handling = effect.handling, .effect_in_handling = effect.index});
  }
}

std::uint32_t& World::timer_slot(const Node& node, OrderId order, Kind kind) {
  const std::size_t row = order == no_order ? 0 : order.index + std::size_t{1};
  const std::size_t at = (node.id.index * (plan_->orders() + std::size_t{1}) + row) *
                             plan_->timer_kinds() +
                         messages_[kind].timer_index;
  return timers_[at];
}

void World::apply_arm(Node& node, const Effect& effect) {
  const Clock& clock = clock_of(node);
  const Duration after = std::max(Duration{0}, effect.after);  // "until then" may be over already
  const TrueTime deadline = now_ + clock.true_length(after);
  const std::uint64_t sequence = sequence_++;
  std::uint32_t& current = timer_slot(node, effect.order, effect.kind);
  if (observer_ != nullptr) {
    tell({.type = Observation::Type::armed, .node = node.id, .order = effect.order,
          .kind = effect.kind, .until = deadline, .effect = node.effects,
          .handling = effect.handling, .effect_in_handling = effect.index});
  }
  bool is_queued_in_time = false;
  if (current != no_slot) {
    Slot& old = slots_[current];
    const bool was_armed = old.words[TimerWord::deadline] != to_word(never);
    if (!was_armed) ++live_;
    is_queued_in_time = old.words[TimerWord::in_inbox] == 0 &&
                        old.words[TimerWord::queued_at] <= to_word(deadline);
    if (!is_queued_in_time) old.words[TimerWord::deadline] = to_word(never);  // left to pop as nothing
  } else {
    ++live_;
  }
  if (!is_queued_in_time) {
    current = slots_.take();
    Slot& slot = slots_[current];
    slot.order = effect.order;
    slot.from = slot.to = node.id;
    slot.kind = effect.kind;
    slot.type = SlotType::timer;
    slot.incarnation = node.incarnation;
    slot.words[TimerWord::in_inbox] = 0;
  }
  Slot& slot = slots_[current];
  slot.words[TimerWord::deadline] = to_word(deadline);
  slot.words[TimerWord::sequence] = sequence;
  slot.words[TimerWord::local_deadline] =
      static_cast<std::uint64_t>((clock.elapsed(now_) + after).count());
  if (!is_queued_in_time) push_timer(current);
}

void World::apply_cancel(Node& node, const Effect& effect) {
  const std::uint32_t current = timer_slot(node, effect.order, effect.kind);
  if (observer_ != nullptr) {
    tell({.type = Observation::Type::cancelled, .node = node.id, .order = effect.order,
          .kind = effect.kind, .effect = node.effects, .handling = effect.handling,
          .effect_in_handling = effect.index});
  }
  if (current == no_slot) return;
  std::uint64_t& deadline = slots_[current].words[TimerWord::deadline];
  if (deadline == to_word(never)) return;
  deadline = to_word(never);
  --live_;
}

Fact& FactSink::add(FactKind kind) {
  Fact& fact = world_.add_fact(kind, node_);
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

/// A new entry of the history, to be filled in and then completed.
Fact& World::add_fact(FactKind kind, NodeId node) {
  Fact& fact = history_.emplace_back();
  fact.time = now_;
  fact.clock = reading(node);
  fact.node = node;
  fact.kind = kind;
  return fact;
}

/// Tells whoever waits for the last entry of the history.
void World::fact_is_complete() {
  const Fact& fact = history_.back();
  if (observer_ != nullptr) {
    const Fact copy = fact;
    tell({.type = Observation::Type::fact, .node = copy.node, .order = copy.order, .fact = &copy});
  }
  if ((watched_facts_ >> static_cast<unsigned>(fact.kind) & 1u) != 0) facts_trigger(Fact{fact});
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

}  // namespace indoubt::sim
