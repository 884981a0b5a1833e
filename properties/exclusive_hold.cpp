#include "properties/exclusive_hold.hpp"

#include <optional>

namespace indoubt::properties {
namespace {

using State = UnitRow::State;

bool is_live(const UnitRow& row, sim::ClockTime reading) {
  return row.state == State::assigned || (row.state == State::held && row.expires > reading);
}

std::optional<Reason> fault_of_assignment(const UnitChange& change) {
  const UnitRow& before = change.before;
  if (before.is_assigned_to(change.order)) return std::nullopt;
  const bool is_own = before.is_held_by(change.order);
  const bool live = is_live(before, change.fact.clock);
  if (is_own) return live ? std::nullopt : std::optional{Reason::assigned_dead_hold};
  if (live) return Reason::taken_while_held;
  return change.claim_before.has_held ? std::optional{Reason::assigned_without_hold} : std::nullopt;
}

std::optional<Reason> fault_of_hold(const UnitChange& change) {
  const bool is_taken_over =
      change.before.order != change.order && is_live(change.before, change.fact.clock);
  return is_taken_over ? std::optional{Reason::taken_while_held} : std::nullopt;
}

}  // namespace

void judge_exclusive_hold(const UnitChange& change, Report& report) {
  const bool is_hold = change.fact.kind == sim::FactKind::held;
  if (is_hold) report.check(Property::exclusive_hold);
  if (!is_hold && change.fact.kind != sim::FactKind::assigned) return;
  const std::optional<Reason> reason =
      is_hold ? fault_of_hold(change) : fault_of_assignment(change);
  if (!reason) return;
  Finding finding;
  finding.property = Property::exclusive_hold;
  finding.reason = *reason;
  finding.order = change.order;
  if (change.before.order != change.order) finding.other_order = change.before.order;
  finding.node = change.fact.node;
  finding.at = change.fact.time;
  finding.since = change.before.since;
  finding.unit = change.fact.unit;
  report.violate(finding);
}

}  // namespace indoubt::properties
