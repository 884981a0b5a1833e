#include "properties/no_ghost.hpp"

namespace indoubt::properties {
namespace {

void judge_ghosts_of(const Ledger& ledger, sim::OrderId order, const Closing& closing,
                     Report& report) {
  const Layout& layout = ledger.layout();
  for (std::size_t service = 0; service < layout.service_count; ++service) {
    const Effect& effect = ledger.effect(order, service);
    if (effect.times == 0) continue;
    report.check(Property::no_ghost);
    if (ledger.order(order).commit.any()) continue;
    Finding finding;
    finding.property = Property::no_ghost;
    finding.reason = Reason::applied_uncommitted;
    finding.order = order;
    finding.node = layout.services[service].node;
    finding.at = closing.at;
    finding.since = effect.first;
    report.violate(finding);
  }
}

}  // namespace

void judge_no_ghost(const Ledger& ledger, const Closing& closing, Report& report) {
  const Layout& layout = ledger.layout();
  if (!closing.is_at_rest || !layout.setup.family_publishes) return;
  for (std::uint32_t i = 0; i < layout.orders; ++i) judge_ghosts_of(ledger, {i}, closing, report);
}

}  // namespace indoubt::properties
