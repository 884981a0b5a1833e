#include "protocols/properties/ledger.hpp"

#include <algorithm>

namespace indoubt::properties {

using sim::Fact;
using sim::FactKind;
using sim::OrderId;
using sim::Outcome;
using State = UnitRow::State;

Ledger::Ledger(std::shared_ptr<const Layout> layout)
    : layout_{std::move(layout)},
      nodes_{layout_},
      orders_(layout_->orders),
      claims_(layout_->orders * layout_->services.size()),
      pledges_(claims_.size()),
      decided_(layout_->orders * layout_->nodes),
      units_(layout_->item_of.size()),
      logs_(layout_->nodes) {
  for (const ItemSetup& item : layout_->items) free_.push_back(item.units);
}

void Ledger::reset() {
  nodes_.reset();
  std::fill(orders_.begin(), orders_.end(), OrderRow{});
  std::fill(claims_.begin(), claims_.end(), Claim{});
  std::fill(pledges_.begin(), pledges_.end(), Pledge{});
  std::fill(decided_.begin(), decided_.end(), std::uint8_t{0});
  // Only what the last run touched: a large stock must not slow down small runs.
  for (const std::uint32_t index : touched_) units_[index] = UnitRow{};
  touched_.clear();
  for (std::size_t i = 0; i < free_.size(); ++i) free_[i] = layout_->items[i].units;
  for (PendingLog& log : logs_) {
    log.entries.clear();
    log.settled = 0;
  }
  requested_ = 0;
}

void Ledger::request(const Fact& fact) {
  if (!has(fact.order)) return;
  OrderRow& order = orders_[fact.order.index];
  if (order.requested != not_yet) return;
  order.requested = fact.time;
  ++requested_;
}

void Ledger::vote(const Fact& fact) {
  const std::uint8_t service = layout_->service_of[fact.node.index];
  if (!has(fact.order) || service == Layout::no_service) return;
  OrderRow& order = orders_[fact.order.index];
  const auto bit = static_cast<std::uint16_t>(1u << service);
  if (fact.outcome() != Outcome::commit || (order.yes & bit) != 0) return;
  order.yes |= bit;
  order.last_vote = fact.time;
  Pledge& promise = pledge(fact.order, service);
  promise.voted_yes = fact.time;
  promise.doubt_from = nodes_.exposure(fact.node, fact.time);
}

void Ledger::refuse(const Fact& fact) {
  const std::uint8_t service = layout_->service_of[fact.node.index];
  if (!has(fact.order) || service == Layout::no_service) return;
  OrderRow& order = orders_[fact.order.index];
  order.refused = static_cast<std::uint16_t>(order.refused | 1u << service);
}

void Ledger::reply(const Fact& fact) {
  if (!has(fact.order) || fact.outcome() != Outcome::commit) return;
  OrderRow& order = orders_[fact.order.index];
  order.placed_sent = std::min(order.placed_sent, fact.time);
}

void Ledger::receive(const Fact& fact) {
  if (!has(fact.order)) return;
  OrderRow& order = orders_[fact.order.index];
  sim::TrueTime& told = fact.kind == FactKind::placed ? order.placed : order.not_placed;
  told = std::min(told, fact.time);
}

Decision Ledger::decision(const Fact& fact) const {
  Decision decision{fact.order, fact.node, fact.outcome(), fact.time, Pending::nobody};
  if (decision.outcome == Outcome::abort) return decision;
  const unsigned missing = layout_->members & ~unsigned{order(fact.order).yes};
  for (std::uint8_t i = 0; missing != 0; ++i) {
    if ((missing >> i & 1u) == 0) continue;
    decision.lacks_vote_of = i;
    break;
  }
  return decision;
}

void Ledger::decide(const Decision& decision) {
  orders_[decision.order.index].deciders(decision.outcome).add(decision.node, decision.at);
  std::uint8_t& decided = decided_[decided_index(decision.order, decision.node)];
  decided = static_cast<std::uint8_t>(decided | 1u << static_cast<unsigned>(decision.outcome));
  const std::uint8_t service = layout_->service_of[decision.node.index];
  if (service == Layout::no_service) return;
  Claim& claim = claims_[claim_index(decision.order, service)];
  if (claim.has_decided) return;
  claim.has_decided = true;
  claim.doubt_until = nodes_.exposure(decision.node, decision.at);
}

UnitRow Ledger::next_row(const UnitRow& row, const Fact& fact, OrderId order) const {
  UnitRow next;
  next.is_touched = true;
  if (fact.kind == FactKind::released || fact.kind == FactKind::expired) return next;
  next.order = order;
  next.since = fact.time;
  if (fact.kind == FactKind::assigned) {
    if (row.is_assigned_to(order)) return row;  // told twice: nothing changed
    next.state = State::assigned;
    return next;
  }
  next.state = State::held;
  next.generation = fact.generation;
  next.expires = fact.expires;
  if (!next.has_expiry()) return next;
  next.ttl = fact.expires - fact.clock;
  next.grace_from = nodes_.grace(fact.node, fact.time);
  return next;
}

UnitChange Ledger::change_unit(const Fact& fact, std::size_t service) {
  const ServiceLayout& layout = layout_->services[service];
  UnitChange change{fact, fact.order, service, fact.unit < layout.units, {}, {}, {}};
  if (!change.is_in_stock) return change;
  const std::uint32_t index = layout.first_unit + fact.unit;
  change.before = units_[index];
  if (!change.before.is_touched) touched_.push_back(index);
  // A sweeper's record may be about no order in particular: it is about whoever has the unit.
  if (!has(change.order)) change.order = change.before.order;
  change.after = next_row(change.before, fact, change.order);
  if (has(change.order)) change.claim_before = claim(change.order, service);
  if (fact.in_record) remember(change, index);
  set_unit(index, change.after);
  if (has(change.before.order) && change.before.order != change.order) displace(change);
  if (has(change.order)) update_claim(change);
  return change;
}

void Ledger::set_unit(std::uint32_t index, const UnitRow& row) {
  UnitRow& unit = units_[index];
  std::uint32_t& free = free_[layout_->item_of[index]];
  if (unit.state == State::free) --free;
  if (row.state == State::free) ++free;
  unit = row;
  unit.is_touched = true;
}

void Ledger::take_from(Claim& claim, State state) {
  if (state == State::held) --claim.held;
  if (state == State::assigned) --claim.assigned;
}

/// Another order had the unit, and has it no longer.
void Ledger::displace(const UnitChange& change) {
  Claim& claim = claims_[claim_index(change.before.order, change.service)];
  take_from(claim, change.before.state);
  if (change.before.state == State::held) ++claim.displaced;
  claim.changed = change.fact.time;
}

void Ledger::update_claim(const UnitChange& change) {
  Claim& claim = claims_[claim_index(change.order, change.service)];
  claim.changed = change.fact.time;
  if (change.before.order == change.order) take_from(claim, change.before.state);
  if (change.after.state == State::held) {
    ++claim.held;
    claim.has_held = true;
    if (claim.displaced != 0) --claim.displaced;
  } else if (change.after.state == State::assigned) {
    ++claim.assigned;
    if (has_all(change.order, change.service)) {
      pledge(change.order, change.service).assignment_lost = not_yet;
    }
  } else if (change.fact.kind == FactKind::expired && change.before.is_held_by(change.order)) {
    ++claim.displaced;
  }
}

std::size_t Ledger::service_of_unit(std::uint32_t index) const {
  std::size_t service = 0;
  while (index >= layout_->services[service].first_unit + layout_->services[service].units) {
    ++service;
  }
  return service;
}

bool Ledger::can_serve(std::size_t service) const {
  const ServiceLayout& layout = layout_->services[service];
  for (std::uint32_t i = layout.first_item; i < layout.first_item + layout.items; ++i) {
    if (free_[i] < layout_->items[i].per_order) return false;
  }
  return true;
}

std::size_t Ledger::first_lacking(OrderId order) const {
  std::size_t service = 0;
  while (service < layout_->services.size() && has_all(order, service)) ++service;
  return service;
}

std::size_t Ledger::first_excess(OrderId order) const {
  const std::vector<ServiceLayout>& services = layout_->services;
  std::size_t service = 0;
  while (service < services.size() &&
         claim(order, service).assigned <= services[service].per_order) {
    ++service;
  }
  return service;
}

std::size_t Ledger::first_assigned(OrderId order) const {
  std::size_t service = 0;
  while (service < layout_->services.size() && claim(order, service).assigned == 0) ++service;
  return service;
}

}  // namespace indoubt::properties
