#include "properties/per_key_order.hpp"

namespace indoubt::properties {

void PerKeyOrder::judge(const NewEffect& effect, const Ledger& ledger, Report& report) const {
  const NewestEffect& newest = effect.newest_before;
  const std::uint32_t number = ledger.order(effect.order).commit_number;
  const bool is_repeated = ledger.effect(effect.order, effect.service).times > 1;
  if (number == 0 || newest.commit_number == 0 || is_repeated) return;
  report.check(Property::per_key_order);
  if (newest.commit_number < number) return;
  Finding finding;
  finding.property = Property::per_key_order;
  finding.reason = Reason::applied_out_of_order;
  finding.order = effect.order;
  finding.other_order = newest.order;
  finding.node = ledger.layout().services[effect.service].node;
  finding.at = effect.at;
  report.violate(finding);
}

}  // namespace indoubt::properties
