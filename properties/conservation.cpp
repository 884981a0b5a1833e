#include "properties/conservation.hpp"

#include <optional>

namespace indoubt::properties {
namespace {

using State = UnitRow::State;

std::optional<Reason> fault_of(const UnitChange& change) {
  if (!change.is_in_stock) return Reason::unknown_unit;
  const UnitRow& before = change.before;
  const sim::FactKind kind = change.fact.kind;
  if (kind == sim::FactKind::assigned) {
    const bool is_sold = before.state == State::assigned && before.order != change.order;
    return is_sold ? std::optional{Reason::assigned_twice} : std::nullopt;
  }
  if (kind == sim::FactKind::held) return std::nullopt;
  const bool has_it = before.state != State::free && before.order == change.order;
  if (!has_it) return Reason::freed_without_having;
  const bool is_sold = kind == sim::FactKind::expired && before.state == State::assigned;
  return is_sold ? std::optional{Reason::expired_though_assigned} : std::nullopt;
}

}  // namespace

void judge_conservation(const UnitChange& change, Report& report) {
  const std::optional<Reason> reason = fault_of(change);
  if (!reason) return;
  Finding finding;
  finding.property = Property::conservation;
  finding.reason = *reason;
  finding.order = change.order;
  if (change.before.order != change.order) finding.other_order = change.before.order;
  finding.node = change.fact.node;
  finding.at = change.fact.time;
  finding.unit = change.fact.unit;
  report.violate(finding);
}

}  // namespace indoubt::properties
