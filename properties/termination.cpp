#include "properties/termination.hpp"

namespace indoubt::properties {
namespace {

using sim::NodeId;
using sim::OrderId;

bool has_voted_yes(const Ledger& ledger, OrderId order, std::size_t service) {
  return (unsigned{ledger.order(order).yes} >> service & 1u) != 0;
}

/// Whether the service has promised or done something for the order, and waits for its outcome.
bool waits(const Ledger& ledger, OrderId order, std::size_t service) {
  const Layout& layout = ledger.layout();
  if (layout.setup.family_votes) {
    return has_voted_yes(ledger, order, service) &&
           !ledger.has_decided(order, layout.services[service].node);
  }
  const Claim& claim = ledger.claim(order, service);
  const OrderRow& row = ledger.order(order);
  const bool is_to_keep = row.commit.any() && !row.abort.any();
  return claim.held != 0 || (claim.assigned != 0 && !is_to_keep);
}

/// A node that is up and could end the waiting, or `no_node`.
NodeId helper(const Ledger& ledger, OrderId order, NodeId waiter) {
  const Layout& layout = ledger.layout();
  const Nodes& nodes = ledger.nodes();
  for (std::uint16_t i = 0; i < layout.nodes; ++i) {
    const NodeId node{i};
    if (node == waiter || nodes.is_down(node)) continue;
    if (ledger.has_decided(order, node)) return node;
    if (node == layout.setup.coordinator && !nodes.is_a_quorum_gone()) return node;
    const std::uint8_t service = layout.service_of[i];
    if (!layout.setup.family_votes || service == Layout::no_service) continue;
    if (layout.is_member(service) && !has_voted_yes(ledger, order, service)) return node;
  }
  return sim::no_node;
}

void judge_service(const Ledger& ledger, OrderId order, std::size_t service, const Closing& closing,
                   Report& report) {
  const NodeId node = ledger.layout().services[service].node;
  if (ledger.nodes().is_down(node) || !waits(ledger, order, service)) return;
  const NodeId help = helper(ledger, order, node);
  Finding finding;
  finding.property = Property::termination;
  finding.reason = help == sim::no_node ? Reason::must_block : Reason::stuck;
  finding.order = order;
  finding.node = node;
  finding.other = help == sim::no_node ? closing.debtor : help;
  finding.at = closing.at;
  const sim::TrueTime voted = ledger.pledge(order, service).voted_yes;
  finding.since = voted != not_yet ? voted : ledger.claim(order, service).changed;
  report.violate(finding);
}

bool has_taken_part(const Ledger& ledger, OrderId order) {
  if (ledger.layout().setup.family_votes) return ledger.order(order).yes != 0;
  for (std::size_t service = 0; service < ledger.layout().service_count; ++service) {
    const Claim& claim = ledger.claim(order, service);
    if (claim.has_held || claim.changed != sim::TrueTime{}) return true;
  }
  return false;
}

}  // namespace

void judge_termination(const Ledger& ledger, const Closing& closing, Report& report) {
  const Layout& layout = ledger.layout();
  if (!closing.is_at_rest || !layout.setup.family_decides) return;
  for (std::uint32_t i = 0; i < layout.orders; ++i) {
    const OrderId order{i};
    if (!has_taken_part(ledger, order)) continue;
    report.check(Property::termination);
    for (std::size_t service = 0; service < layout.service_count; ++service) {
      judge_service(ledger, order, service, closing, report);
    }
  }
}

}  // namespace indoubt::properties
