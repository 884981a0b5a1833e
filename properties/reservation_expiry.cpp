#include "properties/reservation_expiry.hpp"

namespace indoubt::properties {
namespace {

using sim::TrueTime;

constexpr sim::Duration slack = std::chrono::seconds{1};

/// When the hold has to be over, by the grace that its node has at `now`. When a crash loses the
/// record that a hold ran out, the hold comes back and has to run out once more.
TrueTime deadline(const UnitRow& hold, sim::NodeId node, const Ledger& ledger, TrueTime now) {
  const Nodes& nodes = ledger.nodes();
  const sim::Duration allowance =
      nodes.grace(node, now) - hold.grace_from + ledger.layout().setup.sweep + slack;
  const TrueTime runs_out = hold.since + hold.ttl;
  const bool came_back = nodes.lost_records_since(node, runs_out);
  return (came_back ? nodes.lost_at(node) : runs_out) + allowance;
}

Finding finding_of(const UnitRow& hold, sim::NodeId node, TrueTime at, Reason reason) {
  Finding finding;
  finding.property = Property::reservation_expiry;
  finding.reason = reason;
  finding.order = hold.order;
  finding.node = node;
  finding.at = at;
  finding.since = hold.since;
  return finding;
}

void judge_remaining(std::uint32_t index, const Ledger& ledger, const Closing& closing,
                     Report& report) {
  const UnitRow& hold = ledger.unit_at(index);
  if (hold.state != UnitRow::State::held || !hold.has_expiry()) return;
  const std::size_t service = ledger.service_of_unit(index);
  const sim::NodeId node = ledger.layout().services[service].node;
  const bool is_late = closing.horizon > deadline(hold, node, ledger, closing.horizon);
  // At rest no sweeper ever frees it, however far the expiry is.
  const bool is_forgotten = closing.is_at_rest && !ledger.nodes().is_down(node);
  if (!is_late && !is_forgotten) return report.check(Property::reservation_expiry);
  Finding finding = finding_of(hold, node, closing.at, Reason::never_freed);
  finding.unit = index - ledger.layout().services[service].first_unit;
  report.leave_unmet(finding);
}

}  // namespace

void ReservationExpiry::judge(const UnitChange& change, const Ledger& ledger,
                              Report& report) const {
  if (!change.is_in_stock) return;
  const UnitRow& hold = change.before;
  if (hold.state != UnitRow::State::held || !hold.has_expiry()) return;
  report.check(Property::reservation_expiry);
  const sim::Fact& fact = change.fact;
  if (fact.kind == sim::FactKind::assigned && hold.order == change.order &&
      fact.clock >= hold.expires) {
    Finding finding = finding_of(hold, fact.node, fact.time, Reason::assigned_after_expiry);
    finding.unit = fact.unit;
    report.violate(finding);
  }
  if (fact.time <= deadline(hold, fact.node, ledger, fact.time)) return;
  Finding finding = finding_of(hold, fact.node, fact.time, Reason::freed_late);
  finding.unit = fact.unit;
  report.violate(finding);
}

void ReservationExpiry::judge(const Closing& closing, const Ledger& ledger, Report& report) const {
  for (const std::uint32_t index : ledger.touched()) {
    judge_remaining(index, ledger, closing, report);
  }
}

}  // namespace indoubt::properties
