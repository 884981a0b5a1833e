#include "properties/ledger.hpp"

#include <algorithm>

// The ledger's units: who has which, and how many of them each order has.
namespace indoubt::properties {

using sim::Fact;
using sim::FactKind;
using sim::OrderId;
using State = UnitRow::State;

namespace {

/// Stands for a unit that the stock does not have.
const UnitRow no_unit{};

}  // namespace

void Ledger::set_row(UnitRow& row, const Fact& fact, OrderId order) const {
  const bool is_assignment = fact.kind == FactKind::assigned;
  if (is_assignment && row.is_assigned_to(order)) return;  // told twice: nothing changed
  row = UnitRow{};
  row.is_touched = true;
  if (fact.kind == FactKind::released || fact.kind == FactKind::expired) return;
  row.order = order;
  row.since = fact.time;
  row.state = is_assignment ? State::assigned : State::held;
  if (is_assignment) return;
  row.generation = fact.generation;
  row.expires = fact.expires;
  if (!row.has_expiry()) return;
  row.ttl = fact.expires - fact.clock;
  row.grace_from = nodes_.grace_of_new_hold(fact.node, fact.time);
}

UnitChange Ledger::change_unit(const Fact& fact, std::size_t service) {
  const ServiceLayout& layout = layout_->services[service];
  if (fact.unit >= layout.units) return {fact, fact.order, service, false, {}, no_unit, {}};
  const std::uint32_t index = layout.first_unit + fact.unit;
  UnitRow& row = units_[index];
  if (!row.is_touched) touched_.push_back(index);
  UnitChange change{fact, fact.order, service, true, row, row, {}};
  // A sweeper's record may be about no order in particular: it is about whoever has the unit.
  if (!has(change.order)) change.order = row.order;
  if (has(change.order)) change.claim_before = claim(change.order, service);
  // What is on record is no longer in memory only.
  if (locks_[index].order == change.order) set_lock(index, sim::no_order);
  set_row(row, fact, change.order);
  if ((change.before.state == State::free) != (row.state == State::free)) {
    count_free(index, row.state);
    note_shortage(index, service, fact.time);
  }
  if (fact.in_record) remember(change, index);
  if (has(change.before.order) && change.before.order != change.order) displace(change);
  if (has(change.order)) update_claim(change);
  return change;
}

/// A unit became free, or is free no longer.
void Ledger::count_free(std::uint32_t index, State to) {
  const std::uint32_t item = layout_->item_of[index];
  free_[item] = to == State::free ? free_[item] + 1 : free_[item] - 1;
  if (locks_[index].order == sim::no_order) return;
  locked_free_[item] = to == State::free ? locked_free_[item] + 1 : locked_free_[item] - 1;
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
  claim.has_changed = true;
  claim.changed = change.fact.time;
}

void Ledger::update_claim(const UnitChange& change) {
  if (change.after.state != State::free) serve(change.order, change.service, change.fact.time);
  Claim& claim = claims_[claim_index(change.order, change.service)];
  claim.has_changed = true;
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

/// Whether `free(item)` is enough of every item of the service for one more order of that kind.
template <typename Free>
bool Ledger::are_enough(std::size_t service, std::size_t kind, Free&& free) const {
  const ServiceLayout& layout = layout_->services[service];
  for (std::uint32_t i = layout.first_item; i < layout.first_item + layout.items; ++i) {
    if (free(i) < layout_->items[i].per_order[kind]) return false;
  }
  return true;
}

bool Ledger::can_serve(OrderId order, std::size_t service) const {
  return are_enough(service, layout_->kind_of(order),
                    [this](std::uint32_t item) { return free_[item]; });
}

bool Ledger::has_units_for(OrderId order, std::size_t service) const {
  return are_enough(service, layout_->kind_of(order),
                    [this](std::uint32_t item) { return unlocked_free(item); });
}

/// A unit became free or taken. As long as its item is short when its service is, and only then,
/// nothing has changed for the service, whatever other items it has.
void Ledger::note_shortage(std::uint32_t index, std::size_t service, sim::TrueTime at) {
  const std::uint32_t item = layout_->item_of[index];
  if (!was_short_ && unlocked_free(item) >= layout_->most_taken[item]) return;
  for (std::size_t kind = 0; kind < layout_->setup.order_kinds.count(); ++kind) {
    const bool is_item_short = unlocked_free(item) < layout_->items[item].per_order[kind];
    const bool was_short = shortages_[shortage_index(service, kind)].is_on();
    if (is_item_short != was_short) note_shortage(service, kind, at);
  }
}

void Ledger::note_shortage(std::size_t service, sim::TrueTime at) {
  for (std::size_t kind = 0; kind < layout_->setup.order_kinds.count(); ++kind) {
    note_shortage(service, kind, at);
  }
}

void Ledger::note_shortage(std::size_t service, std::size_t kind, sim::TrueTime at) {
  Troubles& shortage = shortages_[shortage_index(service, kind)];
  const bool is_short =
      !are_enough(service, kind, [this](std::uint32_t item) { return unlocked_free(item); });
  if (is_short == shortage.is_on()) return;
  was_short_ = true;
  is_short ? shortage.begin(at) : shortage.end(at);
}

void Ledger::set_lock(std::uint32_t index, OrderId order) {
  Lock& lock = locks_[index];
  if (!lock.is_touched) locked_.push_back(index);
  lock.is_touched = true;
  const bool was_locked = lock.order != sim::no_order;
  lock.order = order;
  if (units_[index].state != State::free || was_locked == (order != sim::no_order)) return;
  std::uint32_t& count = locked_free_[layout_->item_of[index]];
  count = was_locked ? count - 1 : count + 1;
}

void Ledger::serve(OrderId order, std::size_t service, sim::TrueTime at) {
  sim::TrueTime& first = pledge(order, service).served;
  first = std::min(first, at);
}

void Ledger::lock(const Fact& fact, std::size_t service) {
  const ServiceLayout& layout = layout_->services[service];
  if (fact.unit >= layout.units) return;
  if (has(fact.order)) serve(fact.order, service, fact.time);
  const std::uint32_t index = layout.first_unit + fact.unit;
  set_lock(index, fact.order);
  note_shortage(index, service, fact.time);
}

void Ledger::unlock(const Fact& fact, std::size_t service) {
  const ServiceLayout& layout = layout_->services[service];
  if (fact.unit >= layout.units) return;
  const std::uint32_t index = layout.first_unit + fact.unit;
  if (locks_[index].order == fact.order) set_lock(index, sim::no_order);
  note_shortage(index, service, fact.time);
}

void Ledger::forget_locks(sim::NodeId node, sim::TrueTime at) {
  const std::uint8_t service = layout_->service_of[node.index];
  if (service == Layout::no_service) return;
  const ServiceLayout& layout = layout_->services[service];
  for (const std::uint32_t index : locked_) {
    if (index - layout.first_unit < layout.units) set_lock(index, sim::no_order);
  }
  note_shortage(service, at);
}

std::size_t Ledger::first_lacking(OrderId order) const {
  std::size_t service = 0;
  while (service < layout_->service_count && has_all(order, service)) ++service;
  return service;
}

std::uint32_t Ledger::first_short_item(OrderId order, std::size_t service) const {
  const ServiceLayout& layout = layout_->services[service];
  std::uint32_t first_unit = layout.first_unit;
  std::uint32_t item = 0;
  for (; item + 1 < layout.items; ++item) {
    const ItemSetup& stock = layout_->items[layout.first_item + item];
    const auto begin = units_.begin() + static_cast<std::ptrdiff_t>(first_unit);
    const auto has = std::count_if(begin, begin + static_cast<std::ptrdiff_t>(stock.units),
                                   [&](const UnitRow& unit) { return unit.is_assigned_to(order); });
    if (static_cast<std::uint32_t>(has) < stock.per_order[layout_->kind_of(order)]) break;
    first_unit += stock.units;
  }
  return item;
}

std::size_t Ledger::first_excess(OrderId order) const {
  const std::vector<ServiceLayout>& services = layout_->services;
  std::size_t service = 0;
  while (service < services.size() &&
         claim(order, service).assigned <= layout_->per_order(order, services[service])) {
    ++service;
  }
  return service;
}

std::size_t Ledger::first_assigned(OrderId order) const {
  std::size_t service = 0;
  while (service < layout_->service_count && claim(order, service).assigned == 0) ++service;
  return service;
}

}  // namespace indoubt::properties
