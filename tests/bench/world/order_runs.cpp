#include "tests/bench/world/order_runs.hpp"

#include <string>

#include "protocols/registry.hpp"
#include "search/random/random.hpp"
#include "search/run/trial.hpp"
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

kit::Deployment one_order() {
  kit::Deployment deployment;
  deployment.nodes.push_back({.name = "orders", .role = "coordinator", .host = ""});
  for (const std::string service : {"store", "courier", "kitchen"}) {
    deployment.nodes.push_back({.name = service, .role = "", .host = "", .stock = {{"unit", 3}}});
    deployment.workload.takes.push_back({service, {{"unit", 1}}});
  }
  deployment.protocol.family = protocols::find_family("two-phase-commit");
  deployment.network.latency = {Shape::lognormal, 8ms, 60ms};
  return deployment;
}

}  // namespace

search::Simulation order_simulation() {
  kit::Deployment deployment = one_order();
  deployment.network.loss = {20'000'000};
  deployment.limits.quiet_after = sim::TrueTime{2s};
  deployment.faults = {crashes_of("orders"), crashes_of("store")};
  return search::make_simulation(deployment);
}

FloorResult run_orders(std::uint64_t runs) {
  const search::Simulation simulation = order_simulation();
  search::Trial trial{simulation};
  search::CellResult result;
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    trial.run(seed);
    trial.add_to(result);
  }
  return {result.runs, static_cast<std::int64_t>(result.events), result.digest};
}

FloorResult run_orders_at_once(std::uint32_t orders) {
  kit::Deployment deployment = one_order();
  deployment.network.latency = Distribution::constant(5ms);
  deployment.workload.orders = orders;
  deployment.limits.events = 100'000'000;
  for (std::size_t i = 1; i < deployment.nodes.size(); ++i) {
    deployment.nodes[i].stock = {{"unit", orders}};
  }
  search::Trial trial{search::make_simulation(deployment)};
  trial.run(1);
  const sim::World& world = trial.world();
  return {world.counters().events, world.now().time_since_epoch().count(), world.digest()};
}

FloorResult explore_orders(std::uint64_t runs) {
  const search::Simulation simulation = search::make_simulation(one_order());
  search::RandomOptions options{.runs = runs};
  for (const properties::PropertyDecl& doc : properties::property_decls()) {
    options.properties.add(doc.property);
  }
  const search::RandomResult result = search::explore_randomly(simulation, options);
  return {result.runs, static_cast<std::int64_t>(result.events), result.digest};
}

}  // namespace indoubt::bench
