#include "tests/support/runs.hpp"

#include "protocols/kit/directory.hpp"
#include "protocols/registry.hpp"

namespace indoubt::test {

Deployment deployment(std::string protocol, std::size_t services, std::uint32_t orders,
                      std::uint32_t units) {
  Deployment made;
  made.protocol.family = protocols::find_family(protocol);
  made.workload.orders = orders;
  made.nodes.push_back({.name = "orders", .role = "coordinator", .host = {}});
  for (std::size_t i = 1; i <= services; ++i) {
    const std::string name = service(i);
    made.nodes.push_back({.name = name, .role = {}, .host = {}, .stock = {{"unit", units}}});
    made.workload.takes.push_back({.service = name, .items = {{"unit", 1}}});
  }
  return made;
}

Deployment with_group_commit(Deployment made, bool group_commit) {
  for (auto& node : made.nodes) node.disk.group_commit = group_commit;
  return made;
}

Deployment with_mutant(Deployment made, std::string mutant) {
  made.protocol.mutants.clear();
  if (!mutant.empty()) made.protocol.mutants.push_back(std::move(mutant));
  return made;
}

Deployment with_mutants(Deployment made, std::vector<std::string> mutants) {
  made.protocol.mutants = std::move(mutants);
  kit::put_in_order(made.protocol);
  return made;
}

std::vector<kit::MutantDecl> planted_mutants(std::string_view family) {
  std::vector<kit::MutantDecl> planted = protocols::find_family(family)->info.mutants;
  std::erase_if(planted, [](const kit::MutantDecl& mutant) { return mutant.is_generic; });
  return planted;
}

Deployment with_faults(Deployment made, std::vector<NamedFault> faults) {
  made.faults = std::move(faults);
  for (std::size_t i = 0; i < made.faults.size(); ++i) made.faults[i].id = "f" + std::to_string(i);
  return made;
}

NamedFault::Handling handling(std::string kind, std::optional<std::uint32_t> order,
                              std::uint32_t nth) {
  return {.kind = std::move(kind), .order = order, .nth = nth};
}

NamedFault crash_before(std::string node, std::uint32_t effect, NamedFault::Handling at, Keep keep,
                        std::optional<sim::Duration> restart_after) {
  NamedFault fault;
  fault.trigger = sim::Trigger::place;
  fault.place = {.handling = std::move(at), .effect = effect};
  fault.nodes = {std::move(node)};
  fault.keep = keep;
  fault.restart_after = restart_after;
  return fault;
}

NamedFault crash_at(std::string node, sim::Duration at, Keep keep,
                    std::optional<sim::Duration> restart_after) {
  NamedFault fault;
  fault.at = sim::TrueTime{at};
  fault.nodes = {std::move(node)};
  fault.keep = keep;
  fault.restart_after = restart_after;
  return fault;
}

NamedFault::MessagePattern messages(std::string kind, std::string from, std::string to,
                                    std::optional<std::uint32_t> nth) {
  return {.from = std::move(from),
          .to = std::move(to),
          .kind = std::move(kind),
          .order = {},
          .nth = nth};
}

NamedFault on_messages(sim::Action action, NamedFault::MessagePattern match, sim::Duration by) {
  NamedFault fault;
  fault.trigger = sim::Trigger::match;
  fault.match = std::move(match);
  fault.action = action;
  fault.by = by;
  return fault;
}

Facts::Facts(const sim::World& world) {
  const sim::Plan& plan = world.plan().plan();
  for (const sim::PlannedNode& node : plan.nodes) names_.push_back(node.name);
  for (std::uint32_t i = 0; i < plan.orders; ++i) numbers_.push_back(plan.number_of({i}));
  for (const sim::Fact& fact : world.history()) {
    if (fact.kind == FactKind::lost) undo(fact);
    if (fact.kind != FactKind::lost) facts_.push_back(fact);
  }
  for (const sim::Fact& fact : facts_) change_unit(fact);
}

std::size_t Facts::count(FactKind kind, const Which& which) const {
  std::size_t found = 0;
  for (const sim::Fact& fact : facts_) found += matches(fact, kind, which) ? 1u : 0u;
  return found;
}

void Facts::undo(const sim::Fact& loss) {
  std::erase_if(facts_, [&](const sim::Fact& fact) {
    return fact.in_record && fact.node == loss.node && fact.record >= loss.record;
  });
}

void Facts::change_unit(const sim::Fact& fact) {
  const bool is_change = fact.kind == FactKind::held || fact.kind == FactKind::assigned ||
                         fact.kind == FactKind::released || fact.kind == FactKind::expired;
  if (is_change) units_[{fact.node, fact.unit}] = {fact.kind, fact.order};
}

bool Facts::is_meant(sim::NodeId node, sim::OrderId order, const Which& which) const {
  if (which.node && (node == sim::no_node || names_[node.index] != *which.node)) return false;
  return !which.order || (order != sim::no_order && numbers_[order.index] == *which.order);
}

bool Facts::matches(const sim::Fact& fact, FactKind kind, const Which& which) const {
  if (fact.kind != kind || !is_meant(fact.node, fact.order, which)) return false;
  return !which.value || fact.outcome() == *which.value;
}

std::size_t Facts::units(FactKind state, const Which& which) const {
  std::size_t found = 0;
  for (const auto& [place, unit] : units_) {
    found += unit.state == state && is_meant(place.first, unit.order, which) ? 1u : 0u;
  }
  return found;
}

Run::Run(const Deployment& deployment, std::uint64_t seed, sim::Observer* observer)
    : simulation_{search::make_simulation(deployment)}, world_{simulation_.plan} {
  world_.observe(observer);
  world_.reset(seed);
  while (world_.step()) {
  }
}

std::uint64_t Run::sent(std::string_view kind) const {
  const auto found = kit::Directory{world_.plan().plan()}.kind(kind);
  return found ? world_.messages_by_kind()[*found] : 0;
}

bool Run::all_faults_fired() const {
  for (std::size_t i = 0; i < world_.fault_count(); ++i) {
    if (!world_.fault_fired(i)) return false;
  }
  return simulation_.unapplied.faults.empty();
}

}  // namespace indoubt::test
