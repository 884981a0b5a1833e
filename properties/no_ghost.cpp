#include "properties/no_ghost.hpp"

namespace indoubt::properties {
namespace {

void judge_ghosts_of(const Ledger& ledger, sim::OrderId order, const Closing& closing,
                     Report& report) {
  const Layout& layout = ledger.layout();
  const bool is_committed = ledger.order(order).commit.any();
  const auto judge_at = [&](sim::NodeId consumer, const Effect& effect) {
    if (effect.times == 0) return;
    report.check(Property::no_ghost);
    if (is_committed) return;
    Finding finding;
    finding.property = Property::no_ghost;
    finding.reason = Reason::applied_uncommitted;
    finding.order = order;
    finding.node = consumer;
    finding.at = closing.at;
    finding.since = effect.first;
    report.violate(finding);
  };
  for (std::size_t service = 0; service < layout.consuming_services(); ++service) {
    judge_at(layout.services[service].node, ledger.effect(order, service));
  }
  for (std::size_t i = 0; i < layout.listeners.size(); ++i) {
    judge_at(layout.listeners[i], ledger.heard(order, i));
  }
}

}  // namespace

void NoGhost::judge(const Closing& closing, const Ledger& ledger, Report& report) const {
  const Layout& layout = ledger.layout();
  if (!closing.is_at_rest || !layout.setup.has_consumers()) return;
  for (std::uint32_t i = 0; i < layout.orders; ++i) judge_ghosts_of(ledger, {i}, closing, report);
}

}  // namespace indoubt::properties
