#include "search/run/simulation.hpp"

#include <algorithm>

#include "protocols/kit/generic_mutants.hpp"
#include "protocols/kit/mistakes/together.hpp"

namespace indoubt::search {

namespace {

/// Formulas speak of correct protocols whose nodes are machines of their own, and of one order.
std::optional<kit::Costs> commit_costs(const kit::Blueprint& blueprint) {
  const kit::Deployment& deployment = blueprint.deployment();
  const kit::Family* family = deployment.protocol.family;
  const bool is_default = deployment.protocol.is_correct() &&
                          kit::find_build(deployment.protocol) == family->variants.front().build;
  const bool is_together =
      std::any_of(deployment.nodes.begin(), deployment.nodes.end(),
                  [](const kit::NodeDecl& node) { return !node.host.empty(); });
  if (family->commit_costs == nullptr || !is_default || is_together ||
      blueprint.services().kinds.count() != 1) {
    return std::nullopt;
  }
  return family->commit_costs(blueprint);
}

/// The mean of a hundred quantiles, for each of the orders, and a quarter more.
sim::Duration span_of(const kit::Workload& workload, sim::TrueTime sim_time) {
  if (!workload.arrivals) return {};
  sim::Duration mean{};
  for (std::uint32_t i = 0; i < 100; ++i) {
    mean += sim::quantile(*workload.arrivals, 10 * i + 5) / 100;
  }
  const sim::Duration most = sim_time.time_since_epoch();
  const auto orders = static_cast<std::int64_t>(workload.orders);
  return std::min(most, std::min(mean, most / orders) * orders / 4 * 5);
}

}  // namespace

Simulation make_simulation(const kit::Deployment& deployment) {
  kit::Blueprint blueprint{deployment};
  kit::build_protocol(blueprint);
  Simulation simulation;
  sim::Plan plan = blueprint.finish(simulation.unapplied);
  for (const std::string& name : deployment.protocol.mutants) {
    if (const auto mutant = kit::parse_generic_mutant(name)) kit::plant(*mutant, plan);
  }
  simulation.traits = blueprint.traits;
  simulation.commit_costs = commit_costs(blueprint);
  simulation.coordinator = blueprint.coordinator();
  for (const sim::NodeId node : blueprint.stock_nodes()) {
    simulation.stock.emplace_back(node, blueprint.stock_of(node));
  }
  simulation.services = blueprint.services();
  simulation.give_up_after = deployment.workload.patience();
  if (deployment.workload.orders_per_client() > 1)
    simulation.intentions = deployment.workload.clients();
  simulation.arrivals_span = span_of(deployment.workload, deployment.limits.sim_time);
  simulation.plan = std::make_shared<const sim::CompiledPlan>(std::move(plan));
  return simulation;
}

}  // namespace indoubt::search
