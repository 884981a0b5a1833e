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
  const auto lost_links = std::erase_if(fault.links, [&](const NamedFault::Link& link) {
    return link.from == name || link.to == name;
  });
  if (lost_links != 0 && fault.links.empty()) return false;
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
  std::erase_if(deployment.links,
                [&](const kit::LinkDecl& link) { return link.from == name || link.to == name; });
  deployment.workload.for_each_takes([&](std::vector<TakeDecl>& takes) {
    std::erase_if(takes, [&](const TakeDecl& take) { return take.service == name; });
  });
  std::erase_if(deployment.faults, [&](NamedFault& fault) { return !forget_node(fault, name); });
  return deployment;
}

bool remove_nodes(Reduction& reduction) {
  bool changes = false;
  const std::vector<NodeDecl> all = reduction.deployment().nodes;
  for (auto node = all.rbegin(); node != all.rend(); ++node) {
    if (node->role == "coordinator") continue;
    Deployment candidate = without_node(reduction.deployment(), node->name);
    bool leaves_nothing = false;
    candidate.workload.for_each_takes(
        [&](const std::vector<TakeDecl>& takes) { leaves_nothing |= takes.empty(); });
    if (leaves_nothing) continue;
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

/// The most that an order takes of the item.
std::uint32_t most_taken(const Deployment& deployment, const std::string& service,
                         const std::string& item) {
  std::uint32_t most = 0;
  for (const kit::OrderKind& kind : deployment.workload.all_kinds()) {
    most = std::max(most, kit::units_taken(kind.takes, service, item));
  }
  return most;
}

/// Takes one item out of a service, and out of what orders take there. An order that takes nothing
/// else there would merely read, which is another one.
bool remove_item(Reduction& reduction, std::size_t node, const std::string& item) {
  Deployment candidate = reduction.deployment();
  NodeDecl& service = candidate.nodes[node];
  const auto is_it = [&](const ItemCount& count) { return count.item == item; };
  std::erase_if(service.stock, is_it);
  bool becomes_reader = false;
  candidate.workload.for_each_takes([&](std::vector<TakeDecl>& takes) {
    for (TakeDecl& take : takes) {
      if (take.service != service.name) continue;
      becomes_reader |= std::erase_if(take.items, is_it) != 0 && take.items.empty();
    }
  });
  if (service.stock.empty() || becomes_reader) return false;
  return reduction.take(candidate);
}

/// Those of clients that ask anew under a fresh key included.
std::uint32_t orders_that_come(const kit::Workload& workload) {
  if (!workload.only.empty()) return static_cast<std::uint32_t>(workload.only.size());
  return workload.orders * workload.orders_per_client();
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
        std::max(1u, most_taken(now, now.nodes[node].name, now.nodes[node].stock[i].item));
    const auto in_stock = [&](Deployment& d) -> std::uint32_t& {
      return d.nodes[node].stock[i].units;
    };
    // Where there is enough for all there stays enough: with less it would be another question.
    const std::uint32_t for_all = each * orders_that_come(now.workload);
    const bool is_scarce = now.nodes[node].stock[i].units < for_all;
    changes = (is_scarce ? lower_units(reduction, in_stock, {1, each})
                         : lower_units(reduction, in_stock, {for_all})) ||
              changes;
  }
  return changes;
}

/// Every number of units that an order takes, of whatever kind.
std::vector<std::uint32_t*> numbers_taken(Deployment& deployment) {
  std::vector<std::uint32_t*> numbers;
  deployment.workload.for_each_takes([&](std::vector<TakeDecl>& takes) {
    for (TakeDecl& take : takes) {
      for (ItemCount& item : take.items) numbers.push_back(&item.units);
    }
  });
  return numbers;
}

bool reduce_takes(Reduction& reduction) {
  bool changes = false;
  Deployment now = reduction.deployment();
  const std::size_t count = numbers_taken(now).size();
  for (std::size_t i = 0; i < count; ++i) {
    const auto units = [&](Deployment& d) -> std::uint32_t& { return *numbers_taken(d)[i]; };
    changes = lower_units(reduction, units, {1, 2}) || changes;
  }
  return changes;
}

/// All orders alike, as those of one kind are.
bool reduce_kinds(Reduction& reduction) {
  const std::vector<kit::OrderKind> kinds = reduction.deployment().workload.kinds;
  return std::any_of(kinds.begin(), kinds.end(), [&](const kit::OrderKind& kind) {
    Deployment candidate = reduction.deployment();
    candidate.workload.kinds.clear();
    candidate.workload.takes = kind.takes;
    return reduction.take(candidate);
  });
}

}  // namespace

bool reduce_nodes(Reduction& reduction) {
  bool changes = reduce_kinds(reduction);
  changes = remove_nodes(reduction) || changes;
  changes = reduce_takes(reduction) || changes;
  for (std::size_t i = 0; i < reduction.deployment().nodes.size(); ++i) {
    changes = reduce_stock(reduction, i) || changes;
  }
  return changes;
}

}  // namespace indoubt::search
