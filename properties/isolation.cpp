#include "properties/isolation.hpp"

#include <algorithm>

namespace indoubt::properties {
namespace {

using State = UnitRow::State;

Finding finding_of(const UnitChange& change, Reason reason) {
  Finding finding;
  finding.property = Property::isolation;
  finding.reason = reason;
  finding.order = change.order;
  finding.other_order = change.before.order;
  finding.node = change.fact.node;
  finding.at = change.fact.time;
  finding.since = change.before.since;
  finding.unit = change.fact.unit;
  return finding;
}

}  // namespace

void Isolation::reset(const Layout& layout) {
  counts_ = {};
  refusals_.resize(layout.service_count);
  for (std::vector<WentWithout>& refusals : refusals_) refusals.clear();
}

void Isolation::judge(const Refusal& refusal, const Ledger& ledger, Report&) {
  // If there are enough free units, the service did not refuse because of what other orders had.
  if (ledger.can_serve(refusal.fact.order, refusal.service)) return;
  refusals_[refusal.service].push_back({refusal.fact.order, refusal.fact.time});
}

void Isolation::judge(const UnitChange& change, const Ledger&, Report& report) {
  if (!change.is_in_stock) return;
  report.check(Property::isolation);
  if (change.fact.kind == sim::FactKind::assigned) return judge_assignment(change, report);
  if (change.fact.kind != sim::FactKind::released) return;
  if (change.before.is_assigned_to(change.order)) judge_giving_back(change, report);
}

void Isolation::judge_assignment(const UnitChange& change, Report& report) {
  if (change.before.is_assigned_to(change.order)) return;
  if (change.before.state == State::assigned) {
    ++counts_.lost_updates;
    report.violate(finding_of(change, Reason::lost_update));
  }
  if (change.claim_before.displaced == 0) return;
  ++counts_.fuzzy_reads;
  report.violate(finding_of(change, Reason::fuzzy_read));
}

/// Refusals that came after the unit was assigned are at the end of the list. Each counts once, so
/// they are removed.
void Isolation::judge_giving_back(const UnitChange& change, Report& report) {
  std::vector<WentWithout>& refusals = refusals_[change.service];
  const auto is_before = [](const WentWithout& refusal, sim::TrueTime at) {
    return refusal.at < at;
  };
  const auto first =
      std::lower_bound(refusals.begin(), refusals.end(), change.before.since, is_before);
  auto kept = first;
  for (auto refusal = first; refusal != refusals.end(); ++refusal) {
    if (refusal->order == change.order) {
      *kept++ = *refusal;
      continue;
    }
    ++counts_.dirty_reads;
    Finding finding = finding_of(change, Reason::dirty_read);
    finding.order = refusal->order;
    finding.other_order = change.order;
    finding.since = refusal->at;
    report.violate(finding);
  }
  refusals.erase(kept, refusals.end());
}

}  // namespace indoubt::properties
