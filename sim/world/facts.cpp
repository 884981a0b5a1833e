#include "sim/world/world.hpp"

// Facts: how what took place gets into the history.
namespace indoubt::sim {

/// A new entry of the history, to be filled in and then completed.
inline Fact& World::add_fact_inline(FactKind kind, const Node& node) {
  Fact& fact = history_.emplace_back();
  fact.time = now_;
  fact.clock = reading_of(node);
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
  if (kind == FactKind::decided && !in_record_ &&
      !world_.is_first_statement(node_, order_, value)) {
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

/// What a message carries that leaves.
void World::state_facts(const Node& node, Kind kind, OrderId order, const std::uint64_t* words) {
  const KindInfo& info = messages_[kind];
  if (info.facts == nullptr) return;
  const std::size_t first = history_.size();
  FactSink sink{*this, node.id, order};
  info.facts(words, sink);
  facts_trigger(first);
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
