#include <algorithm>

#include "protocols/properties/ledger.hpp"

// The ledger's undo log: what a crash loses, it undoes in reverse order.
namespace indoubt::properties {

using sim::Fact;
using sim::FactKind;
using sim::NodeId;

namespace {

bool is_before(const Pending& entry, std::uint32_t record) { return entry.record < record; }

}  // namespace

void Ledger::remember(const UnitChange& change, std::uint32_t index) {
  std::vector<Pending>& entries = logs_[change.fact.node.index].entries;
  Pending& entry = entries.emplace_back();
  entry.at = change.fact.time;
  entry.order = change.order;
  entry.record = change.fact.record;
  entry.unit = index;
  entry.node = change.fact.node;
  entry.kind = change.fact.kind;
  entry.service = static_cast<std::uint8_t>(change.service);
  entry.unit_before = change.before;
  entry.claim_before = change.claim_before;
  const sim::OrderId victim = change.before.order;
  if (!has(victim)) return;
  entry.takes_back = change.before.state == UnitRow::State::assigned &&
                     !change.after.is_assigned_to(victim) && order(victim).placed != not_yet;
  if (victim == change.order) return;
  Pending& other = entries.emplace_back();
  other.at = change.fact.time;
  other.order = victim;
  other.record = change.fact.record;
  other.node = change.fact.node;
  other.kind = change.fact.kind;
  other.service = static_cast<std::uint8_t>(change.service);
  other.is_displaced = true;
  other.claim_before = claim(victim, change.service);
}

void Ledger::decide_in_record(const Fact& fact) {
  const Decision decided = decision(fact);
  Pending& entry = logs_[fact.node.index].entries.emplace_back();
  entry.at = fact.time;
  entry.order = fact.order;
  entry.record = fact.record;
  entry.node = fact.node;
  entry.kind = FactKind::decided;
  entry.service = layout_->service_of[fact.node.index];
  entry.value = fact.value;
  entry.lacks_vote_of = decided.lacks_vote_of;
  if (entry.service == Layout::no_service) return;
  Claim& claim = claims_[claim_index(fact.order, entry.service)];
  entry.claim_before = claim;
  if (claim.has_decided) return;
  claim.has_decided = true;
  claim.doubt_until = nodes_.exposure(fact.node, fact.time);
}

std::span<const Pending> Ledger::pending(NodeId node) const {
  const PendingLog& log = logs_[node.index];
  return std::span{log.entries}.subspan(log.settled);
}

std::span<const Pending> Ledger::durable_before(NodeId node, std::uint32_t record) const {
  const std::span<const Pending> entries = pending(node);
  const auto end = std::lower_bound(entries.begin(), entries.end(), record, is_before);
  return entries.first(static_cast<std::size_t>(end - entries.begin()));
}

void Ledger::forget_before(NodeId node, std::uint32_t record) {
  PendingLog& log = logs_[node.index];
  log.settled += durable_before(node, record).size();
  // A node that always has something unforced must not pile up what it has forced.
  const bool is_mostly_settled = log.settled >= 64 && 2 * log.settled >= log.entries.size();
  if (log.settled != log.entries.size() && !is_mostly_settled) return;
  const auto end = log.entries.begin() + static_cast<std::ptrdiff_t>(log.settled);
  log.entries.erase(log.entries.begin(), end);
  log.settled = 0;
}

std::span<const Pending> Ledger::lost_from(NodeId node, std::uint32_t record) const {
  return pending(node).subspan(durable_before(node, record).size());
}

void Ledger::undo(std::span<const Pending> lost) {
  for (std::size_t i = lost.size(); i-- != 0;) {
    const Pending& entry = lost[i];
    if (entry.service == Layout::no_service) continue;
    if (has(entry.order)) claims_[claim_index(entry.order, entry.service)] = entry.claim_before;
    if (entry.unit != Pending::no_unit) set_unit(entry.unit, entry.unit_before);
  }
}

void Ledger::forget_from(NodeId node, std::uint32_t record) {
  const std::size_t count = lost_from(node, record).size();
  std::vector<Pending>& entries = logs_[node.index].entries;
  entries.resize(entries.size() - count);
}

}  // namespace indoubt::properties
