#include "properties/no_loss.hpp"

namespace indoubt::properties {
namespace {

void judge_losses_of(const Ledger& ledger, sim::OrderId order, const Closing& closing,
                     Report& report) {
  const Layout& layout = ledger.layout();
  const auto miss_at = [&](sim::NodeId consumer) {
    Finding finding;
    finding.property = Property::no_loss;
    finding.reason = Reason::never_applied;
    finding.order = order;
    finding.node = consumer;
    finding.at = closing.at;
    finding.since = ledger.order(order).commit.first.at;
    report.leave_unmet(finding);
  };
  for (std::size_t service = 0; service < layout.consuming_services(); ++service) {
    const bool is_missed =
        layout.is_member(order, service) && ledger.effect(order, service).times == 0;
    if (is_missed) miss_at(layout.services[service].node);
  }
  for (std::size_t i = 0; i < layout.listeners.size(); ++i) {
    if (ledger.heard(order, i).times == 0) miss_at(layout.listeners[i]);
  }
  report.check(Property::no_loss);
}

}  // namespace

void NoLoss::judge(const Closing& closing, const Ledger& ledger, Report& report) const {
  const Layout& layout = ledger.layout();
  if (!closing.is_at_rest || !layout.setup.has_consumers()) return;
  for (std::uint32_t i = 0; i < layout.orders; ++i) {
    if (ledger.order({i}).commit.any()) judge_losses_of(ledger, {i}, closing, report);
  }
}

}  // namespace indoubt::properties
