#include "protocols/simulation.hpp"

#include "protocols/generic_mutants.hpp"
#include "sim/base/check.hpp"

namespace indoubt::protocols {

Simulation make_simulation(const business::Deployment& deployment) {
  const Build build = find_build(deployment.protocol);
  INDOUBT_CHECK(build != nullptr);
  business::Blueprint blueprint{deployment};
  build(blueprint);
  Simulation simulation;
  sim::Plan plan = blueprint.finish(simulation.unapplied_faults);
  if (const auto mutant = parse_generic_mutant(deployment.protocol.mutant)) plant(*mutant, plan);
  simulation.traits = blueprint.traits;
  simulation.coordinator = blueprint.coordinator();
  for (const sim::NodeId node : blueprint.stock_nodes()) {
    simulation.stock.emplace_back(node, blueprint.stock_of(node));
  }
  simulation.give_up_after = deployment.workload.give_up_after;
  simulation.plan = std::make_shared<const sim::CompiledPlan>(std::move(plan));
  return simulation;
}

}  // namespace indoubt::protocols
