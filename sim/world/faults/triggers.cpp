#include "sim/world/faults/triggers.hpp"

#include <algorithm>
#include <limits>

namespace indoubt::sim {
namespace {

template <typename Waiting>
void forget(std::vector<Waiting>& waiting, std::size_t position) {
  waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(position));
}

}  // namespace

void Triggers::clear() {
  for_facts_.clear();
  for_messages_.clear();
  for_places_.clear();
  watched_facts_ = 0;
}

void Triggers::become_quiet() {
  watched_facts_ = 0;
  for_places_.clear();
}

void Triggers::add(std::uint32_t index, const Fault& fault, std::uint64_t key) {
  switch (fault.trigger) {
    case Trigger::at:
    case Trigger::every: return;  // these are on the agenda
    case Trigger::when:
      for_facts_.push_back({.fault = index, .pattern = fault.when});
      watched_facts_ |= 1u << static_cast<unsigned>(fault.when.fact);
      return;
    case Trigger::match: for_messages_.push_back(message_fault(index, fault, key)); return;
    case Trigger::place:
      for_places_.push_back({.fault = index, .node = fault.nodes.front(), .place = fault.place});
      return;
  }
}

Triggers::MessageFault Triggers::message_fault(std::uint32_t index, const Fault& fault,
                                               std::uint64_t key) {
  const Fault::MessagePattern& pattern = fault.match;
  constexpr NodeId any_node{0xffff};
  const Kind any_kind = 0xff;
  MessageFault waiting{.fault = index, .nth = pattern.nth, .is_any_order = !pattern.order};
  waiting.mask =
      MessageFault::word(pattern.from ? any_node : NodeId{0}, pattern.to ? any_node : NodeId{0},
                         pattern.kind ? any_kind : Kind{0});
  waiting.wanted =
      MessageFault::word(pattern.from.value_or(NodeId{0}), pattern.to.value_or(NodeId{0}),
                         pattern.kind.value_or(Kind{0}));
  if (pattern.order) waiting.order = *pattern.order;
  if (fault.window != Window::always) waiting.open_windows = 0;
  waiting.probability = fault.probability;
  waiting.key = key;
  return waiting;
}

void Triggers::change_windows(std::uint32_t index, int by) {
  for (MessageFault& waiting : for_messages_) {
    if (waiting.fault == index) waiting.open_windows += by;
  }
}

std::uint32_t Triggers::take_for_fact(std::size_t& position, const Fact& fact) {
  while (position < for_facts_.size()) {
    FactFault& waiting = for_facts_[position++];
    if (waiting.pattern.fact != fact.kind) continue;
    if (waiting.pattern.at && *waiting.pattern.at != fact.node) continue;
    if (waiting.pattern.order && *waiting.pattern.order != fact.order) continue;
    if (++waiting.seen != waiting.pattern.nth) continue;
    const std::uint32_t fault = waiting.fault;
    forget(for_facts_, --position);
    if (for_facts_.empty()) watched_facts_ = 0;
    return fault;
  }
  return no_fault;
}

std::uint32_t Triggers::take_for_message(std::size_t& position, NodeId from, NodeId to, Kind kind,
                                         OrderId order) {
  const std::uint64_t message = MessageFault::word(from, to, kind);
  while (position < for_messages_.size()) {
    MessageFault& waiting = for_messages_[position++];
    if (!waiting.matches(message, order)) continue;
    ++waiting.seen;
    const std::uint32_t fault = waiting.fault;
    const bool is_due = !waiting.nth || *waiting.nth == waiting.seen;
    const bool strikes = is_due && (waiting.probability.is_certain() ||
                                    waiting.probability.happens(draw(waiting.key, waiting.seen)));
    if (waiting.nth && is_due) forget(for_messages_, --position);
    if (strikes) return fault;
  }
  return no_fault;
}

void Triggers::handling_begins(NodeId node, std::uint32_t number, Kind kind, OrderId order) {
  for (PlaceFault& waiting : for_places_) {
    if (waiting.node != node || !waiting.place.handling) continue;
    const auto& wanted = *waiting.place.handling;
    if (wanted.kind != kind || wanted.order.value_or(no_order) != order) continue;
    if (++waiting.seen == wanted.nth) waiting.handling = number;
  }
}

std::uint32_t Triggers::take_for_place(std::size_t& position, NodeId node, std::uint64_t number,
                                       const Effect& effect) {
  while (position < for_places_.size()) {
    const PlaceFault& waiting = for_places_[position++];
    if (waiting.node != node) continue;
    const bool is_here = waiting.place.handling ? waiting.handling == effect.handling &&
                                                      waiting.place.effect == effect.index
                                                : waiting.place.effect == number;
    if (!is_here) continue;
    const std::uint32_t fault = waiting.fault;
    forget(for_places_, --position);
    return fault;
  }
  return no_fault;
}

std::uint64_t Triggers::next_place(NodeId node, std::uint64_t effects) const {
  std::uint64_t next = std::numeric_limits<std::uint64_t>::max();
  for (const PlaceFault& waiting : for_places_) {
    if (waiting.node != node) continue;
    const bool is_over = !waiting.place.handling && waiting.place.effect <= effects;
    const std::uint64_t from = waiting.place.handling ? 0 : waiting.place.effect - std::uint64_t{1};
    if (!is_over) next = std::min(next, from);
  }
  return next;
}

}  // namespace indoubt::sim
