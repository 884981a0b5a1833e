#include "properties/validity.hpp"

namespace indoubt::properties {

void judge_validity(const Decision& decision, const Ledger& ledger, Report& report) {
  if (!ledger.layout().setup.family_votes) return;
  report.check(Property::validity);
  if (decision.lacks_vote_of == Pending::nobody) return;
  Finding finding;
  finding.property = Property::validity;
  finding.reason = Reason::commit_without_yes;
  finding.order = decision.order;
  finding.node = decision.node;
  finding.other = ledger.layout().services[decision.lacks_vote_of].node;
  finding.at = decision.at;
  report.violate(finding);
}

}  // namespace indoubt::properties
