#include "search/schedule/explicit.hpp"
#include "search/shrink/rounding.hpp"
#include "search/shrink/steps.hpp"

// What chance does, taken out of a case.
namespace indoubt::search {
namespace {

using kit::Deployment;
using sim::Distribution;

void remove_rates(sim::LinkQuality& quality) {
  quality.loss = quality.duplicate = quality.corrupt = sim::Probability{};
}

bool varies(const Distribution& distribution) {
  return distribution.shape != Distribution::Shape::constant;
}

/// Every delay as scenarios have it by default.
Deployment with_default_delays(Deployment deployment) {
  const Distribution usual = sim::LinkQuality{}.latency;
  deployment.network.latency = usual;
  for (kit::LinkDecl& link : deployment.links) link.quality.latency = usual;
  for (kit::NodeDecl& node : deployment.nodes) {
    node.disk.force = sim::DiskSpec{}.force;
    node.work = {};
  }
  return deployment;
}

/// Every delay that varies at its middle.
Deployment with_typical_delays(Deployment deployment) {
  const auto settle = [](Distribution& delay) {
    if (varies(delay)) delay = Distribution::constant(to_one_digit(typical(delay)));
  };
  settle(deployment.network.latency);
  for (kit::LinkDecl& link : deployment.links) settle(link.quality.latency);
  for (kit::NodeDecl& node : deployment.nodes) {
    settle(node.disk.force);
    settle(node.work.time);
  }
  return deployment;
}

/// Tries the simpler distributions for one delay. `delay(deployment)` finds it.
template <typename Delay>
bool settle_one(Reduction& reduction, Delay&& delay, const Distribution& usual) {
  Deployment candidate = reduction.deployment();
  Distribution& changed = delay(candidate);
  if (changed == usual) return false;
  const Distribution before = changed;
  changed = usual;
  if (reduction.take(candidate)) return true;
  if (!varies(before)) return false;
  changed = Distribution::constant(to_one_digit(typical(before)));
  return reduction.take(candidate);
}

/// No work at a node, and no bounds of what waits for it; or else simpler work, or no bounds.
bool lighten_work(Reduction& reduction, std::size_t node) {
  if (reduction.deployment().nodes[node].work == sim::WorkSpec{}) return false;
  Deployment candidate = reduction.deployment();
  candidate.nodes[node].work = {};
  if (reduction.take(candidate)) return true;
  candidate = reduction.deployment();
  Distribution& time = candidate.nodes[node].work.time;
  if (varies(time)) time = Distribution::constant(to_one_digit(typical(time)));
  bool is_simpler = reduction.take(candidate);
  candidate = reduction.deployment();
  candidate.nodes[node].work.queue = 0;
  is_simpler |= reduction.take(candidate);
  candidate = reduction.deployment();
  candidate.nodes[node].work.deadline = {};
  return reduction.take(candidate) || is_simpler;
}

}  // namespace

FailingCase made_explicit(const FailingCase& failing) {
  const Simulation simulation = make_simulation(failing.deployment);
  sim::World world{simulation.plan};
  const sim::Plan& plan = simulation.plan->plan();
  FailingCase made = failing;
  made.deployment.faults = name_faults(make_explicit(world, failing.seed, plan.faults), plan);
  remove_rates(made.deployment.network);
  for (kit::LinkDecl& link : made.deployment.links) remove_rates(link.quality);
  return made;
}

Deployment without_variation(Deployment deployment, sim::Duration gap) {
  kit::Workload& workload = deployment.workload;
  if (!workload.only.empty()) {
    workload.orders = static_cast<std::uint32_t>(workload.only.size());
    workload.only.clear();
  }
  workload.arrivals.reset();
  if (gap != sim::Duration{0}) workload.arrivals = Distribution::constant(gap);
  return with_default_delays(std::move(deployment));
}

bool settle_delays(Reduction& reduction) {
  bool changes = reduction.take(with_default_delays(reduction.deployment())) ||
                 reduction.take(with_typical_delays(reduction.deployment()));
  const auto network = [](Deployment& d) -> Distribution& { return d.network.latency; };
  changes = settle_one(reduction, network, sim::LinkQuality{}.latency) || changes;
  for (std::size_t i = 0; i < reduction.deployment().links.size(); ++i) {
    const auto link = [i](Deployment& d) -> Distribution& { return d.links[i].quality.latency; };
    changes = settle_one(reduction, link, reduction.deployment().network.latency) || changes;
  }
  for (std::size_t i = 0; i < reduction.deployment().nodes.size(); ++i) {
    const auto force = [i](Deployment& d) -> Distribution& { return d.nodes[i].disk.force; };
    changes = settle_one(reduction, force, sim::DiskSpec{}.force) || changes;
    changes = lighten_work(reduction, i) || changes;
  }
  return reduction.take(reduction.deployment(), 1) || changes;
}

}  // namespace indoubt::search
