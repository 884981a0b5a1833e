#include "properties/exactly_once.hpp"

namespace indoubt::properties {

void judge_exactly_once(sim::OrderId order, std::size_t service, sim::TrueTime at,
                        const Ledger& ledger, Report& report) {
  report.check(Property::exactly_once);
  const Effect& effect = ledger.effect(order, service);
  if (effect.times < 2) return;
  Finding finding;
  finding.property = Property::exactly_once;
  finding.reason = Reason::applied_twice;
  finding.order = order;
  finding.node = ledger.layout().services[service].node;
  finding.at = at;
  finding.since = effect.first;
  report.violate(finding);
}

}  // namespace indoubt::properties
