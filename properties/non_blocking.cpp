#include "properties/non_blocking.hpp"

namespace indoubt::properties {

sim::Duration time_blocked(const Ledger& ledger, sim::OrderId order, std::size_t service,
                           const Closing& closing) {
  const Pledge& pledge = ledger.pledge(order, service);
  if (pledge.voted_yes == not_yet) return {};
  const Claim& claim = ledger.claim(order, service);
  const sim::NodeId node = ledger.layout().services[service].node;
  const sim::Duration until =
      claim.has_decided ? claim.doubt_until : ledger.nodes().exposure(node, closing.horizon);
  return until > pledge.doubt_from ? until - pledge.doubt_from : sim::Duration{};
}

namespace {

Finding finding_of(const Ledger& ledger, sim::OrderId order, std::size_t service,
                   const Closing& closing) {
  Finding finding;
  finding.property = Property::non_blocking;
  finding.reason = Reason::blocked_too_long;
  finding.order = order;
  finding.node = ledger.layout().services[service].node;
  finding.other = closing.debtor;
  finding.since = ledger.pledge(order, service).voted_yes;
  finding.at = closing.at;
  return finding;
}

}  // namespace

sim::Duration judge_non_blocking(const Ledger& ledger, const Closing& closing, Report& report) {
  const Layout& layout = ledger.layout();
  sim::Duration sum{};
  for (std::uint32_t i = 0; i < layout.orders; ++i) {
    const sim::OrderId order{i};
    if (ledger.order(order).yes == 0) continue;
    report.check(Property::non_blocking);
    for (std::size_t service = 0; service < layout.service_count; ++service) {
      const sim::Duration blocked = time_blocked(ledger, order, service, closing);
      sum += blocked;
      if (blocked <= layout.setup.limits.blocked) continue;
      report.violate(finding_of(ledger, order, service, closing));
    }
  }
  return sum;
}

}  // namespace indoubt::properties
