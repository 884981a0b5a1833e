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

inline void FactSink::say_whose(Fact& fact) const {
  fact.order = order_;
  fact.record = record_;
  fact.in_record = in_record_;
}

void FactSink::state(FactKind kind, Outcome value) {
  if (kind == FactKind::decided && !in_record_ &&
      !facts_.is_first_statement(at_.node, order_, value)) {
    return;
  }
  facts_.state(kind, at_, [&](Fact& fact) {
    say_whose(fact);
    fact.value = static_cast<std::uint8_t>(value);
  });
}

void FactSink::change_unit(FactKind kind, std::uint32_t unit, bool is_first,
                           std::uint32_t generation, ClockTime expires) {
  facts_.state(kind, at_, [&](Fact& fact) {
    say_whose(fact);
    fact.unit = unit;
    fact.is_first = is_first;
    fact.generation = generation;
    fact.expires = expires;
  });
}

}  // namespace indoubt::sim
