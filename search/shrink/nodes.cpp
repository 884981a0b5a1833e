#include <algorithm>

#include "search/shrink/steps.hpp"

// Fewer services, items and units.
namespace indoubt::search {
namespace {

using kit::Deployment;
using kit::ItemCount;
using kit::NodeDecl;
using kit::TakeDecl;
using sim::NamedFault;

/// Takes the node out of a fault. False if nothing is left of the fault.
bool forget_node(NamedFault& fault, const std::string& name) {
  if (fault.when.at == name || fault.match.from == name || fault.match.to == name) return false;
  if (std::erase(fault.nodes, name) != 0 && fault.nodes.empty()) return false;
  if (fault.action != sim::Action::partition) return true;
  for (auto& group : fault.groups) std::erase(group, name);
  std::erase_if(fault.groups, [](const auto& group) { return group.empty(); });
  return fault.groups.size() >= 2;
}

Deployment without_node(Deployment deployment, const std::string& name) {
  std::erase_if(deployment.nodes, [&](const NodeDecl& node) { return node.name == name; });
  for (NodeDecl& node : deployment.nodes) {
    if (node.host == name) node.host.clear();
  }
  std::erase_if(deployment.links, [&](const kit::LinkDecl& link) {
    return link.from == name || link.to == name;
  });
  std::erase_if(deployment.workload.takes,
                [&](const TakeDecl& take) { return take.service == name; });
  std::erase_if(deployment.faults, [&](NamedFault& fault) { return !forget_node(fault, name); });
  return deployment;
}

bool remove_nodes(Reduction& reduction) {
  bool changes = false;
  const std::vector<NodeDecl> all = reduction.deployment().nodes;
  for (auto node = all.rbegin(); node != all.rend(); ++node) {
    if (node->role == "coordinator") continue;
    const Deployment candidate = without_node(reduction.deployment(), node->name);
    if (candidate.workload.takes.empty()) continue;
    changes = reduction.take(candidate) || changes;
  }
  return changes;
}

/// Tries each value for a number that `find(deployment)` points to, if it is smaller.
template <typename Find>
bool lower_units(Reduction& reduction, Find&& find, std::initializer_list<std::uint32_t> values) {
  for (const std::uint32_t value : values) {
    Deployment candidate = reduction.deployment();
    std::uint32_t& units = find(candidate);
    if (value >= units) continue;
    units = value;
    if (reduction.take(candidate)) return true;
  }
  return false;
}

TakeDecl* take_of(Deployment& deployment, const std::string& service) {
  auto& takes = deployment.workload.takes;
  const auto at = std::find_if(takes.begin(), takes.end(),
                               [&](const TakeDecl& take) { return take.service == service; });
  return at == takes.end() ? nullptr : &*at;
}

std::uint32_t taken(const Deployment& deployment, const std::string& service,
                    const std::string& item) {
  for (const TakeDecl& take : deployment.workload.takes) {
    for (const ItemCount& count : take.items) {
      if (take.service == service && count.item == item) return count.units;
    }
  }
  return 0;
}

/// Takes one item out of a service, and out of what orders take there.
bool remove_item(Reduction& reduction, std::size_t node, const std::string& item) {
  Deployment candidate = reduction.deployment();
  NodeDecl& service = candidate.nodes[node];
  const auto is_it = [&](const ItemCount& count) { return count.item == item; };
  std::erase_if(service.stock, is_it);
  TakeDecl* take = take_of(candidate, service.name);
  if (take != nullptr) std::erase_if(take->items, is_it);
  if (service.stock.empty() || (take != nullptr && take->items.empty())) return false;
  return reduction.take(candidate);
}

bool reduce_stock(Reduction& reduction, std::size_t node) {
  bool changes = false;
  const std::vector<ItemCount> stock = reduction.deployment().nodes[node].stock;
  if (stock.size() > 1) {
    for (const ItemCount& item : stock) {
      changes = remove_item(reduction, node, item.item) || changes;
    }
  }
  for (std::size_t i = 0; i < reduction.deployment().nodes[node].stock.size(); ++i) {
    const Deployment& now = reduction.deployment();
    const std::uint32_t each =
        std::max(1u, taken(now, now.nodes[node].name, now.nodes[node].stock[i].item));
    const auto in_stock = [&](Deployment& d) -> std::uint32_t& {
      return d.nodes[node].stock[i].units;
    };
    changes = lower_units(reduction, in_stock, {1, each, each * now.workload.orders}) || changes;
  }
  return changes;
}

bool reduce_takes(Reduction& reduction) {
  bool changes = false;
  for (std::size_t i = 0; i < reduction.deployment().workload.takes.size(); ++i) {
    for (std::size_t k = 0; k < reduction.deployment().workload.takes[i].items.size(); ++k) {
      const auto units = [&](Deployment& d) -> std::uint32_t& {
        return d.workload.takes[i].items[k].units;
      };
      changes = lower_units(reduction, units, {1, 2}) || changes;
    }
  }
  return changes;
}

}  // namespace

bool reduce_nodes(Reduction& reduction) {
  bool changes = remove_nodes(reduction);
  changes = reduce_takes(reduction) || changes;
  for (std::size_t i = 0; i < reduction.deployment().nodes.size(); ++i) {
    changes = reduce_stock(reduction, i) || changes;
  }
  return changes;
}

}  // namespace indoubt::search
