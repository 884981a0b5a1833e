#include "properties/durability.hpp"

namespace indoubt::properties {
namespace {

using sim::FactKind;

Finding start(Reason reason, sim::OrderId order, sim::NodeId node) {
  Finding finding;
  finding.property = Property::durability;
  finding.reason = reason;
  finding.order = order;
  finding.node = node;
  return finding;
}

}  // namespace

void Durability::judge(const Loss& loss, Ledger& ledger, Report&) const {
  for (const Pending& entry : loss.entries) {
    if (entry.kind != FactKind::assigned || entry.is_displaced || !ledger.has(entry.order))
      continue;
    if (!ledger.unit_at(entry.unit).is_assigned_to(entry.order)) continue;
    Pledge& pledge = ledger.pledge(entry.order, entry.service);
    // Nobody relies on what the service did after it last told anybody anything. What it told at
    // the same instant may rest on it, whichever came first.
    if (entry.at <= pledge.told) pledge.assignment_lost = loss.crash.time;
  }
}

void Durability::judge(const LossUndone& loss, const Ledger& ledger, Report& report) const {
  for (const Pending& entry : loss.entries) {
    if (entry.kind != FactKind::prepared) continue;
    const sim::TrueTime voted = ledger.pledge(entry.order, entry.service).voted_yes;
    if (voted == not_yet || ledger.has_decided(entry.order, entry.node)) continue;
    if (ledger.claim(entry.order, entry.service).is_prepared) continue;
    Finding finding = start(Reason::vote_forgotten, entry.order, entry.node);
    finding.at = loss.crash.time;
    finding.since = voted;
    report.violate(finding);
  }
}

/// Before the ledger takes the decision.
void Durability::judge(const Decision& decision, const Ledger& ledger, Report& report) const {
  const bool commits = decision.outcome == sim::Outcome::commit;
  const sim::Outcome opposite = commits ? sim::Outcome::abort : sim::Outcome::commit;
  if (!ledger.has_decided(decision.order, decision.node, opposite)) return;
  const Decider* earlier = ledger.order(decision.order).deciders(opposite).by(decision.node);
  if (earlier == nullptr || !ledger.nodes().lost_records_since(decision.node, earlier->at)) return;
  Finding finding = start(Reason::decision_forgotten, decision.order, decision.node);
  finding.at = decision.at;
  finding.since = earlier->at;
  finding.outcome = decision.outcome;
  report.violate(finding);
}

void Durability::judge(const Closing& closing, const Ledger& ledger, Report& report) const {
  if (!closing.is_at_rest) return;
  for (std::uint32_t i = 0; i < ledger.layout().orders; ++i) {
    const sim::OrderId order{i};
    if (ledger.order(order).placed_sent == not_yet) continue;
    for (std::size_t service = 0; service < ledger.layout().service_count; ++service) {
      const sim::TrueTime lost = ledger.pledge(order, service).assignment_lost;
      if (lost == not_yet || ledger.has_all(order, service)) continue;
      Finding finding =
          start(Reason::assignment_forgotten, order, ledger.layout().services[service].node);
      finding.at = lost;
      finding.since = ledger.order(order).placed_sent;
      report.leave_unmet(finding);
    }
  }
}

}  // namespace indoubt::properties
