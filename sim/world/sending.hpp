#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#include "sim/world/world.hpp"

// Sending as it mostly is. It stands in a header of its own for `effects.cpp` and `sending.cpp`
// alone: a message that nothing interferes with must be one piece of code where its effect takes
// place.
namespace indoubt::sim {

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
  journey.key =
      multiply_fold(key ^ 0xa076'1d64'78bd'642fu, journey.nth ^ 0xe703'7ed1'a0b4'28dbu) ^ key;
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
  return !rate.is_zero() && !faults_.is_quiet() && rate.happens(journey.word(Purpose::duplicate));
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
  const std::uint32_t index = pending_.slots.take();
  Slot& slot = pending_.slots[index];
  slot.order = effect.order;
  slot.from = node.id;
  slot.to = effect.to;
  slot.kind = effect.kind;
  slot.type = SlotType::message;
  // All of them, whatever their number: that is three moves and no loop.
  if (effect.word_count != 0) std::memcpy(slot.words.data(), effect.words, sizeof slot.words);
  ++pending_.live;
  pending_.add(arrival, index);
}

/// Takes the link from one machine to another.
[[gnu::always_inline]] inline void World::depart(const Node& node, const Effect& effect,
                                                 Journey& journey) {
  journey.link = &plan_->link(node.id, effect.to, node.has_links);
  if (!journey.link->is_counted) return;
  ++counters_.messages;
  ++messages_by_kind_[effect.kind];
}

[[gnu::always_inline]] inline void World::decide_fate(const Node& node, const Effect& effect,
                                                      Journey& journey) {
  depart(node, effect, journey);
  const CompiledLink& link = *journey.link;
  if (!link.is_random) {
    journey.arrival = arrives(journey, Purpose::latency, Duration{0});
    return;
  }
  draw_key(node, effect, journey);
  if (link.may_go_wrong && !faults_.is_quiet()) draw_loss(journey);
  if (journey.fate != Fate::travels) return;
  journey.arrival = arrives(journey, Purpose::latency, Duration{0});
  if (link.may_go_wrong && is_duplicated(journey)) launch_copy(node, effect, journey, Duration{0});
}

[[gnu::always_inline]] inline void World::end_send(const Node& node, const Effect& effect,
                                                   const Journey& journey) {
  if (journey.fate == Fate::travels) [[likely]] {
    launch(node, effect, journey.arrival);
  } else {
    message_is_gone(node, effect, journey.fate);
  }
  if (briefs_[effect.kind].has_facts) state_facts(node, effect.kind, effect.order, effect.words);
}

/// The commonest effect by far, so it is one straight piece of code. What is rare is called with
/// copies of the effect and the journey: these stay in registers then, and a message costs half.
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
