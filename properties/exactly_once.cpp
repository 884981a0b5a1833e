#include "properties/exactly_once.hpp"

namespace indoubt::properties {

void ExactlyOnce::judge(const NewEffect& effect, const Ledger& ledger, Report& report) const {
  report.check(Property::exactly_once);
  const Effect& all = ledger.effect(effect.order, effect.service);
  if (all.times < 2) return;
  Finding finding;
  finding.property = Property::exactly_once;
  finding.reason = Reason::applied_twice;
  finding.order = effect.order;
  finding.node = ledger.layout().services[effect.service].node;
  finding.at = effect.at;
  finding.since = all.first;
  report.violate(finding);
}

}  // namespace indoubt::properties
