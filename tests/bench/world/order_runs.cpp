#include "tests/bench/world/order_runs.hpp"

#include <string>

#include "protocols/explore/random.hpp"
#include "protocols/trial.hpp"
#include "sim/base/mix.hpp"

namespace indoubt::bench {

namespace {

using sim::Distribution;
using Shape = Distribution::Shape;
using namespace std::chrono_literals;

sim::NamedFault crashes_of(const std::string& node) {
  sim::NamedFault fault;
  fault.id = "crashes of " + node;
  fault.trigger = sim::Trigger::every;
  fault.every = {Shape::exponential, 4s, {}};
  fault.action = sim::Action::crash;
  fault.nodes = {node};
  fault.restart_after = 500ms;
  return fault;
}

business::Deployment one_order() {
  business::Deployment deployment;
  deployment.nodes.push_back({.name = "orders", .role = "coordinator", .host = ""});
  for (const std::string service : {"store", "courier", "kitchen"}) {
    deployment.nodes.push_back({.name = service, .role = "", .host = "", .stock = {{"unit", 3}}});
    deployment.workload.takes.push_back({service, {{"unit", 1}}});
  }
  deployment.protocol.name = "two-phase-commit";
  deployment.network.latency = {Shape::lognormal, 8ms, 60ms};
  return deployment;
}

}  // namespace

protocols::Simulation order_simulation() {
  business::Deployment deployment = one_order();
  deployment.network.loss = {20'000'000};
  deployment.limits.quiet_after = sim::TrueTime{2s};
  deployment.faults = {crashes_of("orders"), crashes_of("store")};
  return protocols::make_simulation(deployment);
}

FloorResult run_orders(std::uint64_t runs) {
  const protocols::Simulation simulation = order_simulation();
  protocols::Trial trial{simulation};
  protocols::CellResult result;
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    trial.run(seed);
    trial.add_to(result);
  }
  return {result.runs, static_cast<std::int64_t>(result.events), result.digest};
}

FloorResult run_orders_at_once(std::uint32_t orders) {
  business::Deployment deployment = one_order();
  deployment.network.latency = Distribution::constant(5ms);
  deployment.workload.orders = orders;
  deployment.limits.events = 100'000'000;
  for (std::size_t i = 1; i < deployment.nodes.size(); ++i) {
    deployment.nodes[i].stock = {{"unit", orders}};
  }
  protocols::Trial trial{protocols::make_simulation(deployment)};
  trial.run(1);
  const sim::World& world = trial.world();
  return {world.counters().events, world.now().time_since_epoch().count(), world.digest()};
}

FloorResult explore_orders(std::uint64_t runs) {
  const protocols::Simulation simulation = protocols::make_simulation(one_order());
  protocols::RandomOptions options{.runs = runs};
  for (const properties::PropertyDoc& doc : properties::property_docs()) {
    options.properties.add(doc.property);
  }
  const protocols::RandomResult result = protocols::explore_randomly(simulation, options);
  return {result.runs, static_cast<std::int64_t>(result.events), result.digest};
}

}  // namespace indoubt::bench
