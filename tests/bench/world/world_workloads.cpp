#include "tests/bench/world/world_workloads.hpp"

#include <limits>
#include <memory>
#include <string>
#include <utility>

#include "sim/world/world.hpp"
#include "tests/bench/floor/workloads.hpp"
#include "tests/bench/world/worker.hpp"

namespace indoubt::bench {

namespace {

using Start = WorkerSettings::Workload;

constexpr sim::Distribution one_tick = sim::Distribution::constant(sim::Duration{1});
constexpr sim::Distribution exponential{sim::Distribution::Shape::exponential, sim::Duration{1000},
                                        sim::Duration{}};

/// A run of workers that ends after so many events.
sim::Plan make_plan(const WorkerSettings& settings, const sim::Distribution& latency,
                    std::uint64_t events) {
  sim::Plan plan;
  plan.limits.events = events;
  plan.limits.sim_time = plan.limits.quiet_after = sim::TrueTime{std::chrono::hours{24}};
  plan.network.latency = latency;
  plan.messages = WorkerMessages::infos;
  plan.records = WorkerRecords::infos;
  auto kept = std::make_shared<const WorkerSettings>(settings);
  Worker worker;
  worker.settings = sim::Constant<WorkerSettings>{*kept};
  plan.constants.push_back(std::move(kept));
  for (std::uint32_t i = 0; i < settings.nodes; ++i) {
    plan.nodes.push_back({.name = "worker-" + std::to_string(i),
                          .machine = sim::NodeId{static_cast<std::uint16_t>(i)},
                          .role = sim::AnyRole::make<WorkerMessages, WorkerRecords>(worker)});
  }
  return plan;
}

FloorResult run(sim::Plan plan) {
  sim::World world{std::make_shared<const sim::CompiledPlan>(std::move(plan))};
  world.reset(1);
  while (world.run(std::numeric_limits<std::size_t>::max())) {
  }
  return {world.counters().events, world.now().time_since_epoch().count(), world.digest()};
}

}  // namespace

FloorResult run_world_pingpong(std::uint64_t messages) {
  return run(make_plan({.workload = Start::pingpong, .nodes = 2}, one_tick, messages));
}

FloorResult run_world_phold(std::uint64_t events) {
  return run_world_phold(events, {phold_nodes, phold_nodes, phold_nodes * phold_initial});
}

FloorResult run_world_phold(std::uint64_t events, const PholdSize& size) {
  const WorkerSettings settings{.workload = Start::phold,
                                .nodes = size.nodes,
                                .peers = size.peers,
                                .initial_jobs = size.pending / size.nodes};
  return run(make_plan(settings, exponential, events));
}

/// A call is two events, a request and a reply that arrive. Those that are half done at the end,
/// less than one in two thousand, make up for each other.
FloorResult run_world_churn(std::uint64_t rpcs) {
  const WorkerSettings settings{.workload = Start::churn,
                                .nodes = churn_nodes,
                                .peers = churn_nodes,
                                .timeout = sim::Duration{churn_timeout}};
  FloorResult result = run(make_plan(settings, exponential, 2 * rpcs));
  result.events = rpcs;
  return result;
}

}  // namespace indoubt::bench
