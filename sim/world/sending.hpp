#pragma once

#include <chrono>
#include <cstdint>
#include <cstring>

#include "sim/world/world.hpp"

// Sending as it mostly is. It stands in a header of its own for `effects.cpp` and `sending.cpp`
// alone: a message that nothing interferes with must be one piece of code where its effect takes
// place.
namespace indoubt::sim {

[[gnu::always_inline]] inline void World::launch(const Node& node, const Effect& effect,
                                                 TrueTime arrival) {
  const std::uint32_t index = pending_.slots.take();
  Slot& slot = pending_.slots[index];
  slot.order = effect.order;
  slot.from = node.id;
  slot.to = effect.to;
  slot.kind = effect.kind;
  slot.type = SlotType::message;
  // Copies all words, used or not: a fixed length is three moves and no loop.
  if (effect.word_count != 0) std::memcpy(slot.words.data(), effect.words, sizeof slot.words);
  ++pending_.live;
  progress_.take(arrival - now_);
  if (arrival - now_ > prompt_) [[unlikely]]
    state_late(node, effect.order, now_);
  pending_.add(arrival, index);
}

/// Takes the link from one machine to another.
[[gnu::always_inline]] inline void World::depart(const Node& node, const Effect& effect,
                                                 Journey& journey) {
  network_.depart(journey, node.id, node.has_links, effect.to, effect.kind);
  if (journey.link->is_counted) ++counters_.messages;
}

[[gnu::always_inline]] inline void World::decide_fate(const Node& node, const Effect& effect,
                                                      Journey& journey) {
  depart(node, effect, journey);
  const CompiledLink& link = *journey.link;
  if (!link.is_random) {
    journey.arrival = network_.arrival(journey, Purpose::latency, now_);
    return;
  }
  network_.draw_key(journey, node.endpoint(), node_at(effect.to).endpoint(), effect.order);
  const bool may_go_wrong = link.may_go_wrong && !faults_.is_quiet();
  if (may_go_wrong) Network::draw_loss(journey);
  if (journey.fate != Fate::travels) return;
  journey.arrival = network_.arrival(journey, Purpose::latency, now_);
  if (may_go_wrong && journey.is_duplicated()) launch_copy(node, effect, journey, Duration{0});
}

[[gnu::always_inline]] inline void World::end_send(const Node& node, const Effect& effect,
                                                   const Journey& journey) {
  progress_.tell(node.id, effect.order, now_);
  if (journey.fate == Fate::travels) [[likely]] {
    launch(node, effect, journey.arrival);
  } else {
    message_is_gone(node, effect, journey.fate);
  }
  if (briefs_[effect.kind].has_facts) state_facts(node, effect.kind, effect.order, effect.words);
}

/// The commonest effect by far, so it is one straight piece of code. The rare functions get copies
/// of the effect and the journey: so these can stay in registers, which halves the cost of a
/// message.
[[gnu::always_inline]] inline void World::apply_send(Node& node, const Effect& effect) {
  if (is_disturbed(node, effect)) [[unlikely]]
    return send_amid_faults(node, effect);
  Journey journey;
  if (node_at(effect.to).machine == node.machine) {
    journey.arrival = now_;
  } else {
    decide_fate(node, effect, journey);
  }
  end_send(node, effect, journey);
}

}  // namespace indoubt::sim
