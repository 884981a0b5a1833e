#include "properties/non_blocking.hpp"

namespace indoubt::properties {

sim::Duration time_blocked(const Ledger& ledger, sim::OrderId order, std::size_t service,
                           const Closing& closing) {
  const Pledge& pledge = ledger.pledge(order, service);
  if (!ledger.was_in_doubt(order, service)) return {};
  const Claim& claim = ledger.claim(order, service);
  const sim::NodeId node = ledger.layout().services[service].node;
  const sim::Duration until =
      claim.has_decided ? claim.doubt_until : ledger.nodes().exposure(node, order, closing.horizon);
  return until > pledge.doubt_from ? until - pledge.doubt_from : sim::Duration{};
}

namespace {

/// At rest nothing ends its doubt, however long one looks.
bool is_blocked_for_ever(const Ledger& ledger, sim::OrderId order, std::size_t service,
                         const Closing& closing) {
  return closing.is_at_rest && ledger.is_in_doubt(order, service) &&
         ledger.nodes().is_exposed(ledger.layout().services[service].node, order);
}

Finding finding_of(const Ledger& ledger, sim::OrderId order, std::size_t service,
                   const Closing& closing) {
  Finding finding;
  finding.property = Property::non_blocking;
  finding.reason = Reason::blocked_too_long;
  finding.order = order;
  finding.node = ledger.layout().services[service].node;
  finding.other = ledger.nodes().missing_for(order);
  finding.since = ledger.pledge(order, service).in_doubt;
  finding.at = closing.at;
  return finding;
}

}  // namespace

void NonBlocking::judge(const Closing& closing, const Ledger& ledger, Report& report) {
  const Layout& layout = ledger.layout();
  for (std::uint32_t i = 0; i < layout.orders; ++i) {
    const sim::OrderId order{i};
    if (ledger.order(order).bound == 0) continue;
    report.check(Property::non_blocking);
    for (std::size_t service = 0; service < layout.service_count; ++service) {
      const sim::Duration blocked = time_blocked(ledger, order, service, closing);
      blocked_ += blocked;
      most_.take(blocked, order);
      const bool is_too_long = blocked > layout.setup.limits.blocked;
      if (!is_too_long && !is_blocked_for_ever(ledger, order, service, closing)) continue;
      report.violate(finding_of(ledger, order, service, closing));
    }
  }
}

}  // namespace indoubt::properties
