#include "search/run/fault_result.hpp"

#include <algorithm>

namespace indoubt::search {
namespace {

using sim::Action;
using sim::Fault;
using sim::NodeId;
using sim::OrderId;
using sim::TrueTime;
using sim::World;

/// Whether a node on the machine of `named` has had to do with the order.
bool concerns(const World& world, NodeId named, OrderId order) {
  const std::vector<sim::PlannedNode>& nodes = world.plan().plan().nodes;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].machine != nodes[named.index].machine) continue;
    if (world.has_handled(NodeId{static_cast<std::uint16_t>(i)}, order)) return true;
  }
  return false;
}

bool concerns(const World& world, const std::vector<NodeId>& named, OrderId order) {
  return std::any_of(named.begin(), named.end(),
                     [&](NodeId node) { return concerns(world, node, order); });
}

/// Whether a node that the fault names has had to do with the order; one that befalls messages
/// names none.
bool concerns(const World& world, const Fault& fault, OrderId order) {
  if (befalls_messages(fault.action) || concerns(world, fault.nodes, order)) return true;
  return std::any_of(fault.groups.begin(), fault.groups.end(),
                     [&](const auto& group) { return concerns(world, group, order); });
}

/// Until when an order is under way: as long as messages are about it, and somebody waits for it.
TrueTime end_of_order(const World& world, const properties::Ledger& ledger, OrderId order) {
  const properties::OrderRow& row = ledger.order(order);
  const TrueTime gives_up = row.requested + ledger.layout().setup.give_up_after;
  return std::max(world.last_word(order), std::min(row.told(), gives_up));
}

/// Whether the order was under way while the fault was in force.
bool meets(const World& world, std::size_t index, TrueTime requested, TrueTime end) {
  const Fault& fault = world.fault(index);
  const TrueTime quiet = world.plan().limits().quiet_after;
  const auto& occurred = world.occurred();
  return std::any_of(occurred.begin(), occurred.end(), [&](const sim::Occurrence& occurrence) {
    if (occurrence.fault != index || end < occurrence.at) return false;
    return requested <= end_of(fault, occurrence.at, quiet);
  });
}

std::uint64_t count_orders(const World& world, const properties::Ledger& ledger,
                           std::size_t index) {
  std::uint64_t count = 0;
  for (std::uint32_t i = 0; i < ledger.layout().orders; ++i) {
    const TrueTime requested = ledger.order({i}).requested;
    if (requested == properties::not_yet) continue;
    if (!meets(world, index, requested, end_of_order(world, ledger, {i}))) continue;
    if (concerns(world, world.fault(index), {i})) ++count;
  }
  return count;
}

}  // namespace

TrueTime end_of(const Fault& fault, TrueTime at, TrueTime quiet) {
  if (fault.action == Action::clock) return sim::never;
  if (befalls_messages(fault.action)) return at;
  const auto lasts = fault.action == Action::crash ? fault.restart_after : fault.lasts;
  const bool is_for_good = fault.action == Action::crash && !lasts;
  if (is_for_good) return sim::never;
  return lasts && *lasts < quiet - at ? at + *lasts : std::max(at, quiet);
}

bool FaultResult::met_nobody(Action action) const {
  // Who is cut off from whom matters to nobody who sends nothing across.
  const bool met_orders = orders != 0 && action != Action::partition;
  return runs != 0 && messages == 0 && !met_orders;
}

FaultResult& FaultResult::operator+=(const FaultResult& other) {
  runs += other.runs;
  orders += other.orders;
  messages += other.messages;
  return *this;
}

void add_fault_results(const World& world, const properties::Ledger& ledger,
                       std::vector<FaultResult>& results) {
  results.resize(std::max(results.size(), world.fault_count()));
  for (std::size_t i = 0; i < world.fault_count(); ++i) {
    if (!world.fault_fired(i)) continue;
    results[i] += {1, count_orders(world, ledger, i), world.messages_met(i)};
  }
}

}  // namespace indoubt::search
