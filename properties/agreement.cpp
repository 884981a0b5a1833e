#include "properties/agreement.hpp"

namespace indoubt::properties {

void Agreement::judge(const Decision& decision, const Ledger& ledger, Report& report) const {
  const bool commits = decision.outcome == sim::Outcome::commit;
  const OrderRow& order = ledger.order(decision.order);
  const Decider* agreed = (commits ? order.commit : order.abort).besides(decision.node);
  const Decider* opposed = (commits ? order.abort : order.commit).besides(decision.node);
  // Whoever decides alone agrees with nobody.
  if (agreed != nullptr || opposed != nullptr) report.check(Property::agreement);
  if (opposed == nullptr) return;
  Finding finding;
  finding.property = Property::agreement;
  finding.reason = Reason::deciders_differ;
  finding.order = decision.order;
  finding.node = commits ? decision.node : opposed->node;
  finding.at = commits ? decision.at : opposed->at;
  finding.other = commits ? opposed->node : decision.node;
  finding.since = commits ? opposed->at : decision.at;
  report.violate(finding);
}

}  // namespace indoubt::properties
