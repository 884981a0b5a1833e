#include "properties/per_key_order.hpp"

namespace indoubt::properties {

void judge_per_key_order(sim::OrderId order, std::size_t service, sim::TrueTime at,
                         const NewestEffect& newest, const Ledger& ledger, Report& report) {
  const std::uint32_t number = ledger.order(order).commit_number;
  const bool is_repeated = ledger.effect(order, service).times > 1;
  if (number == 0 || newest.commit_number == 0 || is_repeated) return;
  report.check(Property::per_key_order);
  if (newest.commit_number < number) return;
  Finding finding;
  finding.property = Property::per_key_order;
  finding.reason = Reason::applied_out_of_order;
  finding.order = order;
  finding.other_order = newest.order;
  finding.node = ledger.layout().services[service].node;
  finding.at = at;
  report.violate(finding);
}

}  // namespace indoubt::properties
