#include "sim/world/facts.hpp"

#include "sim/world/context.hpp"

namespace indoubt::sim {
namespace {

/// The first bit of a row that is for decisions outside records.
constexpr unsigned decision_bits = 2 * (static_cast<unsigned>(FactKind::requested) + 1);
static_assert(decision_bits + 2 <= 64);

}  // namespace

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
  return is_first(node, order, decision_bits + static_cast<unsigned>(outcome));
}

inline Fact FactSink::fact(FactKind kind) const {
  Fact fact = fact_at(kind, at_);
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
  Fact stated = fact(kind);
  stated.value = static_cast<std::uint8_t>(value);
  facts_.state(stated);
}

void FactSink::change_unit(FactKind kind, std::uint32_t unit, bool is_first,
                           std::uint32_t generation, ClockTime expires) {
  Fact stated = fact(kind);
  stated.unit = unit;
  stated.is_first = is_first;
  stated.generation = generation;
  stated.expires = expires;
  facts_.state(stated);
}

}  // namespace indoubt::sim
