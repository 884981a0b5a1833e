#include "sim/world/facts.hpp"

#include "sim/world/context.hpp"

namespace indoubt::sim {

void Facts::tell() const {
  const Fact fact = history_.back();
  observer_->on({.type = Observation::Type::fact,
                 .time = fact.time,
                 .clock = fact.clock,
                 .node = fact.node,
                 .order = fact.order,
                 .fact = &fact});
}

bool Facts::is_first_statement(NodeId node, OrderId order, Outcome outcome) {
  if (order == no_order) return true;
  std::uint8_t& stated = stated_[node.index * orders_ + order.index];
  const auto bit = static_cast<std::uint8_t>(1u << static_cast<unsigned>(outcome));
  if ((stated & bit) != 0) return false;
  stated |= bit;
  return true;
}

inline Fact& FactSink::add(FactKind kind) {
  Fact& fact = facts_.add(kind, at_);
  fact.order = order_;
  fact.record = record_;
  fact.in_record = in_record_;
  return fact;
}

void FactSink::state(FactKind kind, Outcome value) {
  if (kind == FactKind::decided && !in_record_ &&
      !facts_.is_first_statement(at_.node, order_, value)) {
    return;
  }
  add(kind).value = static_cast<std::uint8_t>(value);
  facts_.complete();
}

void FactSink::change_unit(FactKind kind, std::uint32_t unit, bool is_first,
                           std::uint32_t generation, ClockTime expires) {
  Fact& fact = add(kind);
  fact.unit = unit;
  fact.is_first = is_first;
  fact.generation = generation;
  fact.expires = expires;
  facts_.complete();
}

}  // namespace indoubt::sim
