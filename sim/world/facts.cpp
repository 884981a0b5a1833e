#include "sim/world/facts.hpp"

#include "sim/world/context.hpp"

namespace indoubt::sim {
namespace {

/// The first bit of a row that is for decisions outside records.
constexpr unsigned decision_bits = 2 * (static_cast<unsigned>(FactKind::requested) + 1);
static_assert(decision_bits + 2 <= 64);

constexpr bool is_outcome(FactKind kind) {
  return kind == FactKind::voted || kind == FactKind::decided || kind == FactKind::replied;
}

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

bool Facts::is_first(NodeId node, OrderId order, unsigned bit) {
  // No order comes first: its index is the largest there is, and one more is 0.
  const std::uint32_t place = order.index + 1;
  std::uint64_t& stated = stated_[node.index * (orders_ + 1) + place];
  const bool is_stated = (stated >> bit & 1u) != 0;
  stated |= std::uint64_t{1} << bit;
  return !is_stated;
}

bool Facts::is_first_statement(NodeId node, OrderId order, Outcome outcome) {
  if (order == no_order) return true;
  return is_first(node, order, decision_bits + static_cast<unsigned>(outcome));
}

/// What the world states of nodes and disks brings no order any further.
void Facts::note_if_new(const Fact& fact) {
  if (fact.kind > FactKind::requested) return;
  const unsigned value = is_outcome(fact.kind) ? fact.value : 0;
  if (is_first(fact.node, fact.order, 2 * static_cast<unsigned>(fact.kind) + value)) {
    last_new_ = fact.time;
  }
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
