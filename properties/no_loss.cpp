#include "properties/no_loss.hpp"

namespace indoubt::properties {
namespace {

void judge_losses_of(const Ledger& ledger, sim::OrderId order, const Closing& closing,
                     Report& report) {
  const Layout& layout = ledger.layout();
  for (std::size_t service = 0; service < layout.service_count; ++service) {
    if (!layout.is_member(service) || ledger.effect(order, service).times != 0) continue;
    Finding finding;
    finding.property = Property::no_loss;
    finding.reason = Reason::never_applied;
    finding.order = order;
    finding.node = layout.services[service].node;
    finding.at = closing.at;
    finding.since = ledger.order(order).commit.first.at;
    report.leave_unmet(finding);
  }
  report.check(Property::no_loss);
}

}  // namespace

void NoLoss::judge(const Closing& closing, const Ledger& ledger, Report& report) const {
  const Layout& layout = ledger.layout();
  if (!closing.is_at_rest || !layout.setup.family_publishes) return;
  for (std::uint32_t i = 0; i < layout.orders; ++i) {
    if (ledger.order({i}).commit.any()) judge_losses_of(ledger, {i}, closing, report);
  }
}

}  // namespace indoubt::properties
