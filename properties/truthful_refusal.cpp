#include "properties/truthful_refusal.hpp"

namespace indoubt::properties {

void TruthfulRefusal::judge(const Refusal& refusal, const Ledger&, Report& report) const {
  report.check(Property::truthful_refusal);
  if (refusal.cause != RefusalCause::none) return;
  Finding finding;
  finding.property = Property::truthful_refusal;
  finding.reason = Reason::refused_with_units;
  finding.order = refusal.fact.order;
  finding.node = refusal.fact.node;
  finding.at = refusal.fact.time;
  report.violate(finding);
}

}  // namespace indoubt::properties
