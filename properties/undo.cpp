#include "properties/ledger.hpp"

#include <algorithm>

// The ledger's undo log: what a crash loses, it undoes in reverse order.
namespace indoubt::properties {

using sim::Fact;
using sim::FactKind;
using sim::NodeId;

Pending& Ledger::add_pending(const Fact& fact, sim::OrderId order, std::size_t service) {
  Pending& entry = logs_[fact.node.index].entries.emplace_back();
  entry.at = fact.time;
  entry.order = order;
  entry.record = fact.record;
  entry.node = fact.node;
  entry.kind = fact.kind;
  entry.service = static_cast<std::uint8_t>(service);
  return entry;
}

void Ledger::remember(const UnitChange& change, std::uint32_t index) {
  const sim::OrderId victim = change.before.order;
  const bool takes_back = change.before.state == UnitRow::State::assigned && has(victim) &&
                          !change.after.is_assigned_to(victim) && order(victim).placed != not_yet;
  Pending& entry = add_pending(change.fact, change.order, change.service);
  entry.unit = index;
  entry.takes_back = takes_back;
  entry.unit_before = change.before;
  entry.claim_before = change.claim_before;
  if (!has(victim) || victim == change.order) return;
  Pending& other = add_pending(change.fact, victim, change.service);
  other.is_displaced = true;
  other.claim_before = claim(victim, change.service);
}

void Ledger::decide_in_record(const Fact& fact) {
  const std::uint8_t service = layout_->service_of[fact.node.index];
  Pending& entry = add_pending(fact, fact.order, service);
  entry.value = fact.value;
  entry.lacks_vote_of = decision(fact).lacks_vote_of;
  if (service == Layout::no_service) return;
  Claim& claim = claims_[claim_index(fact.order, service)];
  entry.claim_before = claim;
  if (claim.has_decided) return;
  claim.has_decided = true;
  claim.decided = fact.time;
  claim.doubt_until = nodes_.exposure(fact.node, fact.order, fact.time);
}

void Ledger::apply_in_record(const Fact& fact) {
  const std::uint8_t service = layout_->service_of[fact.node.index];
  Pending& entry = add_pending(fact, fact.order, service);
  if (service != Layout::no_service) entry.claim_before = claim(fact.order, service);
}

std::span<const Pending> Ledger::pending(NodeId node) const {
  const PendingLog& log = logs_[node.index];
  return std::span{log.entries}.subspan(log.settled);
}

std::span<const Pending> Ledger::durable_before(NodeId node, std::uint32_t record) const {
  const std::span<const Pending> entries = pending(node);
  std::size_t count = 0;
  while (count < entries.size() && entries[count].record < record) ++count;
  return entries.first(count);
}

void Ledger::forget_oldest(NodeId node, std::size_t count) {
  PendingLog& log = logs_[node.index];
  log.settled += count;
  if (keeps_durable_) return;
  if (log.settled == log.entries.size()) {
    log.entries.clear();
    log.settled = 0;
    return;
  }
  // Without this, a node that always has something unforced would keep its forced entries for ever.
  if (log.settled < 64 || 2 * log.settled < log.entries.size()) return;
  const auto end = log.entries.begin() + static_cast<std::ptrdiff_t>(log.settled);
  log.entries.erase(log.entries.begin(), end);
  log.settled = 0;
}

std::span<const Pending> Ledger::lost_from(NodeId node, std::uint32_t record) const {
  const PendingLog& log = logs_[node.index];
  std::size_t first = log.settled + durable_before(node, record).size();
  // A disk that is gone takes along what was durable.
  while (first != 0 && log.entries[first - 1].record >= record) --first;
  return std::span{log.entries}.subspan(first);
}

void Ledger::undo(std::span<const Pending> lost, sim::TrueTime at) {
  for (std::size_t i = lost.size(); i-- != 0;) {
    const Pending& entry = lost[i];
    if (entry.kind == FactKind::applied) undo_effect(entry);
    if (entry.service == Layout::no_service) continue;
    if (has(entry.order)) undo_claim(entry, at);
    if (entry.unit == Pending::no_unit) continue;
    UnitRow& row = units_[entry.unit];
    const bool is_counted =
        (row.state == UnitRow::State::free) != (entry.unit_before.state == UnitRow::State::free);
    row = entry.unit_before;
    row.is_touched = true;
    if (!is_counted) continue;
    count_free(entry.unit, row.state);
    note_shortage(entry.service, at);
  }
}

/// The effect of a message that was durable: the store does not have it any more.
void Ledger::undo_effect(const Pending& entry) {
  const PendingLog& log = logs_[entry.node.index];
  const auto number = static_cast<std::size_t>(&entry - log.entries.data());
  if (number >= log.settled) return;  // it did not count yet
  const bool is_heard = entry.service == Layout::no_service;
  Effect& effect = is_heard ? heard_[heard_index(entry.order, layout_->listener(entry.node))]
                            : effects_[claim_index(entry.order, entry.service)];
  if (--effect.times == 0) effect.first = not_yet;
  if (!is_heard) newest_[entry.service] = newest_of(std::span{log.entries}.first(number));
}

/// The newest effect among the entries of a service.
NewestEffect Ledger::newest_of(std::span<const Pending> entries) const {
  NewestEffect newest;
  for (const Pending& entry : entries) {
    if (entry.kind != FactKind::applied) continue;
    const std::uint32_t number = orders_[entry.order.index].commit_number;
    if (number > newest.commit_number) newest = {entry.order, number};
  }
  return newest;
}

/// A node that loses an outcome which it knew is in doubt again, from now on; one that loses what
/// bound it, before its vote left, is bound to nothing.
void Ledger::undo_claim(const Pending& entry, sim::TrueTime at) {
  Claim& claim = claims_[claim_index(entry.order, entry.service)];
  const bool had_decided = claim.has_decided;
  claim = entry.claim_before;
  Pledge& promise = pledge(entry.order, entry.service);
  if (!claim.is_prepared && promise.voted_yes == not_yet) {
    OrderRow& order = orders_[entry.order.index];
    order.bound = static_cast<std::uint16_t>(order.bound & ~(1u << entry.service));
    promise.in_doubt = not_yet;
  } else if (had_decided && !claim.has_decided) {
    promise.in_doubt = at;
    promise.doubt_from = nodes_.exposure(entry.node, entry.order, at);
  }
}

void Ledger::forget_newest(NodeId node, std::size_t count) {
  std::vector<Pending>& entries = logs_[node.index].entries;
  entries.resize(entries.size() - count);
  logs_[node.index].settled = std::min(logs_[node.index].settled, entries.size());
}

}  // namespace indoubt::properties
