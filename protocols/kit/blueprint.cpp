#include "protocols/kit/blueprint.hpp"

#include <algorithm>

#include "protocols/kit/directory.hpp"
#include "protocols/kit/idle.hpp"

namespace indoubt::kit {
namespace {

/// The longest time for which a client does nothing before it says something again.
sim::Duration longest_wait(const Workload& workload) {
  const sim::Duration to_ask = workload.retry ? workload.retry->after : sim::Duration{};
  const sim::Duration to_cancel = workload.cancel ? workload.cancel->after : sim::Duration{};
  return std::max(to_ask, to_cancel);
}

}  // namespace

Blueprint::Blueprint(const Deployment& deployment) : deployment_{deployment} {
  plan_.limits = deployment.limits;
  plan_.network = deployment.network;
  for (const NodeDecl& declared : deployment.nodes) {
    const sim::NodeId node = add_node(declared);
    if (declared.role == "coordinator") coordinator_ = node;
    if (declared.is_service()) add_stock(declared, node);
  }
  add_services();
  plan_.client = add_node({.name = "client", .role = {}, .host = {}});
  place_hosts();
  const Workload& workload = deployment.workload;
  plan_.order_numbers = workload.order_numbers();
  plan_.orders = workload.clients() * workload.orders_per_client();
  plan_.replies_need_connections = workload.retry.has_value() || workload.loses_connections;
}

sim::NodeId Blueprint::add_node(const NodeDecl& declared) {
  const sim::NodeId node{static_cast<std::uint16_t>(plan_.nodes.size())};
  plan_.nodes.push_back({.name = declared.name,
                         .machine = node,
                         .disk = declared.disk,
                         .work = declared.work,
                         .role = {}});
  return node;
}

std::optional<sim::NodeId> Blueprint::find(std::string_view name) const {
  return Directory{plan_}.node(name);
}

void Blueprint::add_services() {
  services_.kinds = deployment_.workload.order_kinds();
  std::size_t index = 0;
  for (const OrderKind& kind : deployment_.workload.all_kinds()) {
    OrderServices& services = services_.of_kind[index++];
    for (const TakeDecl& take : kind.takes) {
      const sim::NodeId node = *find(take.service);
      const bool only_reads = std::all_of(take.items.begin(), take.items.end(),
                                          [](const ItemCount& item) { return item.units == 0; });
      if (!only_reads) services.writers.add(services.count);
      services.add(node);
      if (!services_.all.has(node)) services_.all.add(node);
    }
  }
}

void Blueprint::add_stock(const NodeDecl& declared, sim::NodeId node) {
  StockSetup setup;
  setup.decline = declared.decline;
  setup.poison = declared.poison;
  setup.kinds = deployment_.workload.order_kinds();
  const std::vector<OrderKind> kinds = deployment_.workload.all_kinds();
  std::uint32_t first = 0;
  for (const ItemCount& item : declared.stock) {
    StockSetup::Item row{first, item.units, {}, item.item};
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
      row.taken[kind] = units_taken(kinds[kind].takes, declared.name, item.item);
    }
    setup.items.push_back(std::move(row));
    first += item.units;
  }
  stock_nodes_.push_back(node);
  stock_.push_back(keep(std::move(setup)));
}

sim::Constant<StockSetup> Blueprint::stock_of(sim::NodeId service) const {
  const auto at = std::find(stock_nodes_.begin(), stock_nodes_.end(), service);
  return stock_[static_cast<std::size_t>(at - stock_nodes_.begin())];
}

sim::NodeId Blueprint::node_for(std::string_view role, std::string_view default_name) {
  for (const NodeDecl& declared : deployment_.nodes) {
    if (declared.role == role) return *find(declared.name);
  }
  return find_or_add(role, default_name);
}

std::vector<sim::NodeId> Blueprint::nodes_for(std::string_view role,
                                              const std::vector<std::string>& names) {
  std::vector<sim::NodeId> nodes;
  for (const NodeDecl& declared : deployment_.nodes) {
    if (declared.role == role && nodes.size() < names.size()) nodes.push_back(*find(declared.name));
  }
  for (std::size_t i = 0; nodes.size() < names.size(); ++i) {
    const sim::NodeId node = find_or_add(role, names[i]);
    if (std::find(nodes.begin(), nodes.end(), node) == nodes.end()) nodes.push_back(node);
  }
  return nodes;
}

sim::NodeId Blueprint::find_or_add(std::string_view role, std::string_view name) {
  std::string tried{name};
  for (auto known = find(tried); known; known = find(tried)) {
    if (is_free_for(role, *known)) return *known;
    tried = "the " + tried;
  }
  return add_node({.name = tried, .role = {}, .host = {}});
}

/// A node that the family has added before was added for this role. A node that a scenario declares
/// under this name as a service, or with another role, stays what it is declared as.
bool Blueprint::is_free_for(std::string_view role, sim::NodeId node) const {
  if (node.index >= deployment_.nodes.size()) return node != client();
  const NodeDecl& declared = deployment_.nodes[node.index];
  return !declared.is_service() && (declared.role.empty() || declared.role == role);
}

/// A chain of hosts ends at one machine.
void Blueprint::place_hosts() {
  for (std::size_t i = 0; i < deployment_.nodes.size(); ++i) {
    std::size_t machine = i;
    while (!deployment_.nodes[machine].host.empty()) {
      machine = find(deployment_.nodes[machine].host)->index;
    }
    plan_.nodes[i].machine = sim::NodeId{static_cast<std::uint16_t>(machine)};
  }
}

void Blueprint::add_links() {
  for (const LinkDecl& link : deployment_.links) {
    const auto from = find(link.from);
    const auto to = find(link.to);
    if (from && to) plan_.links.push_back({*from, *to, link.quality});
  }
}

bool Blueprint::is_flawed(std::size_t node, const std::vector<const Blueprint*>& correct) const {
  const bool is_flawless = std::any_of(flawless_.begin(), flawless_.end(),
                                       [&](sim::NodeId known) { return known.index == node; });
  const sim::AnyRole& role = plan_.nodes[node].role;
  return !is_flawless && std::none_of(correct.begin(), correct.end(), [&](const Blueprint* one) {
    return node < one->plan_.nodes.size() && role.has_type_of(one->plan_.nodes[node].role);
  });
}

std::string Blueprint::adopt(const Blueprint& other, const std::vector<const Blueprint*>& correct) {
  const auto& others = other.plan_.nodes;
  if (others.size() != plan_.nodes.size()) return "do not run on the same nodes";
  for (std::size_t i = 0; i < others.size(); ++i) {
    sim::PlannedNode& node = plan_.nodes[i];
    if (others[i].role.has_type_of(node.role) || !other.is_flawed(i, correct)) continue;
    if (is_flawed(i, correct)) return "both replace the role of '" + node.name + "'";
    node.role = others[i].role;
    std::erase(flawless_, sim::NodeId{static_cast<std::uint16_t>(i)});
  }
  const auto& constants = other.plan_.constants;
  plan_.constants.insert(plan_.constants.end(), constants.begin(), constants.end());
  traits.longest_wait = std::max(traits.longest_wait, other.traits.longest_wait);
  return {};
}

/// An order takes a few turns with each service one after the other, at most: if each message and
/// force is so prompt, neither a timeout nor the client's patience is over before it is placed. A
/// turn has up to three such parts: the way, the inbox and the force; with work, that too.
sim::Duration Blueprint::prompt_time() const {
  const auto turns = static_cast<std::int64_t>(2 * services_.most() + 2);
  const std::int64_t parts = has_work(deployment_) ? 4 : 3;
  const sim::Duration patience = deployment_.workload.give_up_after / turns;
  if (traits.vote_timeout == sim::Duration{}) return patience / parts;
  const sim::Duration left = std::max(sim::Duration{}, traits.vote_timeout - traits.work);
  return std::min(patience, left / traits.calls_in_timeout) / parts;
}

sim::Plan Blueprint::finish(Unapplied& unapplied) {
  add_links();
  plan_.longest_wait = std::max(traits.longest_wait, longest_wait(deployment_.workload));
  plan_.prompt = prompt_time();
  plan_.roles_may_fail = traits.may_fail;
  place_clients(unapplied);
  note_poison(unapplied);
  for (sim::PlannedNode& node : plan_.nodes) {
    const bool is_idle = node.role == sim::AnyRole{};
    if (is_idle) node.role = sim::AnyRole::make<MessagesWith<>, sim::Kinds<>>(Idle{});
  }
  for (const sim::NamedFault& fault : deployment_.faults) add_fault(fault, unapplied);
  if (deployment_.order) put_in_order();
  return std::move(plan_);
}

/// Nothing but timers takes time, and nothing is left to chance but what roles draw. What the
/// deployment lacks cannot come before anything.
void Blueprint::put_in_order() {
  const sim::Distribution no_time = sim::Distribution::constant(sim::Duration{0});
  const auto make_prompt = [&](sim::LinkQuality& quality) {
    quality = {.latency = no_time, .fifo = quality.fifo};
  };
  make_prompt(plan_.network);
  for (sim::PlannedLink& link : plan_.links) make_prompt(link.quality);
  for (sim::PlannedNode& node : plan_.nodes) {
    node.disk.force = no_time;
    node.work = {};
  }
  plan_.event_order.emplace();
  for (const sim::NamedEvent& event : *deployment_.order) {
    if (const auto known = resolve(event, Directory{plan_})) plan_.event_order->push_back(*known);
  }
}

/// Nobody is told of a change of mind who could do nothing with it.
void Blueprint::place_clients(Unapplied& unapplied) {
  const Workload& workload = deployment_.workload;
  ClientSetup setup{.coordinator = coordinator_,
                    .gap = {},
                    .give_up_after = workload.give_up_after,
                    .until = sim::ClockTime{plan_.limits.sim_time.time_since_epoch()},
                    .intentions = workload.clients(),
                    .retry = workload.retry};
  if (workload.arrivals) setup.gap.emplace(*workload.arrivals);
  const bool can_cancel = plan_.nodes[coordinator_.index].role.has_handler(cancel_kind_);
  if (can_cancel) setup.cancel = workload.cancel;
  unapplied.cancel = workload.cancel && !can_cancel;
  plan_.nodes[client().index].role = make_clients_(keep(std::move(setup)));
}

/// Only what tells of decisions can be poison: a call that fails is a no, or is called again.
void Blueprint::note_poison(Unapplied& unapplied) const {
  if (traits.knows_poison) return;
  for (const NodeDecl& declared : deployment_.nodes) {
    if (!declared.poison.is_zero()) unapplied.poison.push_back(declared.name);
  }
}

/// A node that is not there with the chosen options is spared by a fault that strikes others as
/// well. A scenario's reader does the same where the family never has such a node.
void Blueprint::add_fault(sim::NamedFault fault, Unapplied& unapplied) {
  const Directory directory{plan_};
  std::vector<Unapplied::Spared> spared;
  const auto remove_missing = [&](std::vector<std::string>& nodes) {
    std::erase_if(nodes, [&](const std::string& name) {
      if (directory.node(name)) return false;
      spared.push_back({fault.id, name});
      return true;
    });
  };
  const bool had_nodes = !fault.nodes.empty();
  const bool had_groups = !fault.groups.empty();
  remove_missing(fault.nodes);
  for (std::vector<std::string>& group : fault.groups) remove_missing(group);
  const bool had_links = !fault.links.empty();
  std::erase_if(fault.links, [&](const sim::NamedFault::Link& link) {
    return !directory.node(link.from) || !directory.node(link.to);
  });
  // A one-way cut without its first group would turn another group into the first.
  const bool lost_source = fault.one_way && had_groups && fault.groups.front().empty();
  std::erase_if(fault.groups, [](const auto& group) { return group.empty(); });
  const bool strikes_nobody = (had_nodes && fault.nodes.empty()) ||
                              (had_groups && fault.groups.size() < 2) || lost_source ||
                              (had_links && fault.links.empty());
  auto resolved = resolve(fault, directory);
  if (!resolved || strikes_nobody) return unapplied.faults.push_back(fault.id);
  plan_.faults.push_back(std::move(*resolved));
  unapplied.nodes.insert(unapplied.nodes.end(), spared.begin(), spared.end());
}

}  // namespace indoubt::kit
