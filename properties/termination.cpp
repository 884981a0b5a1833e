#include "properties/termination.hpp"

#include <algorithm>

namespace indoubt::properties {
namespace {

using sim::NodeId;
using sim::OrderId;

/// Whether the service has promised or done something for the order, and waits for its outcome.
bool waits(const Ledger& ledger, OrderId order, std::size_t service) {
  if (ledger.layout().setup.family_votes) return ledger.is_in_doubt(order, service);
  const Claim& claim = ledger.claim(order, service);
  const OrderRow& row = ledger.order(order);
  const bool is_to_keep = row.commit.any() && !row.abort.any();
  return claim.held != 0 || (claim.assigned != 0 && !is_to_keep);
}

/// Somebody other than the waiter who is up and passes the test, or `no_node`.
template <typename Test>
NodeId find_up(const Ledger& ledger, NodeId waiter, Test&& passes) {
  for (std::uint16_t i = 0; i < ledger.layout().nodes; ++i) {
    const NodeId node{i};
    if (node != waiter && !ledger.nodes().is_down(node) && passes(node)) return node;
  }
  return sim::no_node;
}

/// Whether the node is a service of the order that has promised nothing: it may abort the order.
bool may_abort(const Ledger& ledger, OrderId order, NodeId node) {
  const std::uint8_t service = ledger.layout().service_of[node.index];
  if (service == Layout::no_service || !ledger.layout().is_member(order, service)) return false;
  return (unsigned{ledger.order(order).bound} >> service & 1u) == 0;
}

/// How many of so many sites a majority can do without.
std::size_t minority(std::size_t sites) { return (std::max<std::size_t>(sites, 1) - 1) / 2; }

/// Those of a group that have to do with the order: not the services of other orders. Where a
/// majority of all is enough, one of these is; otherwise all of these are needed, as all were.
ReplicaGroup part_of(ReplicaGroup group, const Layout& layout, OrderId order) {
  const std::size_t all = group.nodes.size();
  std::erase_if(group.nodes, [&](NodeId node) {
    const std::uint8_t service = layout.service_of[node.index];
    return service != Layout::no_service && !layout.concerns(order, service);
  });
  if (group.nodes.size() == all) return group;
  const bool is_majority = group.tolerated == minority(all);
  group.tolerated = is_majority ? static_cast<std::uint32_t>(minority(group.nodes.size())) : 0;
  return group;
}

/// Those of whom any group may settle the order.
std::vector<ReplicaGroup> settlers_of(const Layout& layout, OrderId order) {
  std::vector<ReplicaGroup> groups;
  for (const ReplicaGroup& group : layout.setup.settlers) {
    groups.push_back(part_of(group, layout, order));
  }
  return groups;
}

/// Whether those of a group that are up can settle an order together. All of them can, also where
/// whoever has crashed does not count: the last one to crash is among them.
bool can_settle(const std::vector<ReplicaGroup>& settlers, const Nodes& nodes) {
  return std::any_of(settlers.begin(), settlers.end(), [&](const ReplicaGroup& group) {
    return nodes.are_enough_there(group) || nodes.are_all_up(group);
  });
}

bool is_settler(const std::vector<ReplicaGroup>& settlers, NodeId node) {
  return std::any_of(settlers.begin(), settlers.end(), [&](const ReplicaGroup& group) {
    return std::find(group.nodes.begin(), group.nodes.end(), node) != group.nodes.end();
  });
}

/// Why a service that is up waits for ever.
struct Cause {
  Reason reason;
  NodeId other;  ///< who could end it, or whom it waits for
};

/// Who cannot learn the outcome from anybody is not stuck: in a family that knows how to settle it
/// together, nobody could do better; in another one only who decides could.
Cause cause_of(const Ledger& ledger, OrderId order, NodeId waiter) {
  const JudgeSetup& setup = ledger.layout().setup;
  const Nodes& nodes = ledger.nodes();
  const auto helps = [&](NodeId node) {
    if (ledger.has_decided(order, node)) return true;
    if (setup.family_votes) return may_abort(ledger, order, node);
    return node == setup.coordinator && !nodes.is_a_quorum_gone();
  };
  if (const NodeId helper = find_up(ledger, waiter, helps); helper != sim::no_node) {
    return {Reason::stuck, helper};
  }
  const std::vector<ReplicaGroup> settlers = settlers_of(ledger.layout(), order);
  if (can_settle(settlers, nodes)) {
    const NodeId settler =
        find_up(ledger, waiter, [&](NodeId node) { return is_settler(settlers, node); });
    return {Reason::stuck, settler == sim::no_node ? waiter : settler};
  }
  return {setup.settlers.empty() ? Reason::waits : Reason::must_block, nodes.whom_it_misses(order)};
}

void judge_service(const Ledger& ledger, OrderId order, std::size_t service, const Closing& closing,
                   Report& report) {
  const NodeId node = ledger.layout().services[service].node;
  if (ledger.nodes().is_down(node) || !waits(ledger, order, service)) return;
  const Cause cause = cause_of(ledger, order, node);
  Finding finding;
  finding.property = Property::termination;
  finding.reason = cause.reason;
  finding.order = order;
  finding.node = node;
  finding.other = cause.other;
  finding.at = closing.at;
  const sim::TrueTime in_doubt = ledger.pledge(order, service).in_doubt;
  finding.since = in_doubt != not_yet ? in_doubt : ledger.claim(order, service).changed;
  report.violate(finding);
}

bool has_taken_part(const Ledger& ledger, OrderId order) {
  if (ledger.layout().setup.family_votes) return ledger.order(order).bound != 0;
  for (std::size_t service = 0; service < ledger.layout().service_count; ++service) {
    const Claim& claim = ledger.claim(order, service);
    if (claim.has_held || claim.has_changed) return true;
  }
  return false;
}

void judge_guess(const Ledger& ledger, OrderId order, std::size_t service, const Closing& closing,
                 Report& report) {
  const NodeId node = ledger.layout().services[service].node;
  const NodeId coordinator = ledger.layout().setup.coordinator;
  const Pledge& pledge = ledger.pledge(order, service);
  const bool is_owed = pledge.guessed != not_yet && !pledge.is_noted;
  if (!is_owed || ledger.nodes().is_down(node) || ledger.nodes().is_down(coordinator)) return;
  Finding finding;
  finding.property = Property::termination;
  finding.reason = Reason::unreported;
  finding.order = order;
  finding.node = node;
  finding.other = coordinator;
  finding.at = closing.at;
  finding.since = pledge.guessed;
  report.violate(finding);
}

}  // namespace

void Termination::judge(const Closing& closing, const Ledger& ledger, Report& report) const {
  const Layout& layout = ledger.layout();
  if (!closing.is_at_rest || !layout.setup.family_decides) return;
  for (std::uint32_t i = 0; i < layout.orders; ++i) {
    const OrderId order{i};
    if (!has_taken_part(ledger, order)) continue;
    report.check(Property::termination);
    for (std::size_t service = 0; service < layout.service_count; ++service) {
      judge_service(ledger, order, service, closing, report);
      judge_guess(ledger, order, service, closing, report);
    }
  }
}

}  // namespace indoubt::properties
