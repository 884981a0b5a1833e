#include "properties/layout.hpp"

#include <algorithm>

namespace indoubt::properties {
namespace {

void add_service(Layout& layout, const ServiceSetup& declared) {
  ServiceLayout service;
  service.node = declared.node;
  service.first_unit = static_cast<std::uint32_t>(layout.item_of.size());
  service.first_item = static_cast<std::uint32_t>(layout.items.size());
  service.items = static_cast<std::uint32_t>(declared.items.size());
  for (const ItemSetup& item : declared.items) {
    layout.item_of.insert(layout.item_of.end(), item.units,
                          static_cast<std::uint32_t>(layout.items.size()));
    layout.items.push_back(item);
    layout.most_taken.push_back(*std::max_element(item.per_order.begin(), item.per_order.end()));
    layout.begins_short = layout.begins_short || item.units < layout.most_taken.back();
    service.units += item.units;
    for (std::size_t kind = 0; kind < layout.setup.order_kinds.count(); ++kind) {
      service.per_order[kind] += item.per_order[kind];
    }
  }
  const std::size_t index = layout.services.size();
  layout.service_of[declared.node.index] = static_cast<std::uint8_t>(index);
  for (std::size_t kind = 0; kind < layout.setup.order_kinds.count(); ++kind) {
    if (service.per_order[kind] == 0) continue;
    std::uint16_t& members = layout.members[kind];
    members = static_cast<std::uint16_t>(members | 1u << index);
    std::uint8_t& needed = layout.takes_part[declared.node.index];
    needed = static_cast<std::uint8_t>(needed | 1u << kind);
  }
  layout.services.push_back(service);
  layout.knows_poison = layout.knows_poison || !declared.poison.is_zero();
}

}  // namespace

Layout::Layout(const JudgeSetup& judge_setup)
    : setup{judge_setup}, nodes{judge_setup.names.size()}, orders{judge_setup.orders.size()} {
  service_of.assign(nodes, no_service);
  takes_part.assign(nodes, 0);
  for (const ServiceSetup& service : setup.services) add_service(*this, service);
  service_count = services.size();
  for (const sim::NodeId node : setup.listeners) {
    if (service_of[node.index] == no_service) listeners.push_back(node);
  }
  constexpr std::uint8_t every_kind = 0xff;
  if (setup.coordinator != sim::no_node) takes_part[setup.coordinator.index] = every_kind;
  for (const ReplicaGroup& group : setup.replicas) {
    for (const sim::NodeId node : group.nodes) takes_part[node.index] = every_kind;
  }
}

}  // namespace indoubt::properties
