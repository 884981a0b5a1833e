#include "properties/stability.hpp"

namespace indoubt::properties {

void judge_stability(const Decision& decision, const Ledger& ledger, Report& report) {
  report.check(Property::stability);
  const bool commits = decision.outcome == sim::Outcome::commit;
  const sim::Outcome opposite = commits ? sim::Outcome::abort : sim::Outcome::commit;
  if (!ledger.has_decided(decision.order, decision.node, opposite)) return;
  const Decider* earlier = ledger.order(decision.order).deciders(opposite).by(decision.node);
  Finding finding;
  finding.property = Property::stability;
  finding.reason = Reason::decision_reversed;
  finding.order = decision.order;
  finding.node = decision.node;
  finding.at = decision.at;
  finding.since = earlier == nullptr ? not_yet : earlier->at;
  finding.outcome = decision.outcome;
  report.violate(finding);
}

}  // namespace indoubt::properties
