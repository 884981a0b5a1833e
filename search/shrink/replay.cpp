#include "search/shrink/replay.hpp"

#include <algorithm>

#include "protocols/kit/directory.hpp"

namespace indoubt::search {
namespace {

using kit::Deployment;

/// Deployments that are tried in turns.
constexpr std::size_t most_benches = 4;
/// What it costs to make a deployment ready, in events.
constexpr std::uint64_t events_of_bench = 500;

Deployment without_faults(Deployment deployment) {
  deployment.faults.clear();
  return deployment;
}

bool differs_in_faults_only(const Deployment& a, const Deployment& b) {
  return a.limits == b.limits && a.nodes == b.nodes && a.network == b.network &&
         a.links == b.links && a.workload == b.workload && a.protocol == b.protocol &&
         a.order == b.order;
}

}  // namespace

Replay::Bench::Bench(const Deployment& without)
    : deployment{without}, trial{make_simulation(deployment)} {}

Replay::Bench& Replay::bench_for(const Deployment& deployment) {
  for (const auto& bench : benches_) {
    if (differs_in_faults_only(bench->deployment, deployment)) return *bench;
  }
  events_ += events_of_bench;
  auto fresh = std::make_unique<Bench>(without_faults(deployment));
  if (benches_.size() < most_benches) return *benches_.emplace_back(std::move(fresh));
  next_ = (next_ + 1) % most_benches;
  return *(benches_[next_] = std::move(fresh));
}

const Trial* Replay::run(const Deployment& deployment, std::uint64_t seed, bool skips_foreign,
                         sim::Observer* observer) {
  Bench& bench = bench_for(deployment);
  const sim::Plan& plan = bench.trial.world().plan().plan();
  bench.schedule.clear();
  for (const sim::NamedFault& fault : deployment.faults) {
    auto resolved = kit::resolve(fault, kit::Directory{plan});
    if (resolved) {
      bench.schedule.push_back(std::move(*resolved));
    } else if (!skips_foreign) {
      return nullptr;
    }
  }
  bench.trial.observe(observer);
  bench.trial.run(seed, bench.schedule);
  bench.trial.observe(nullptr);
  ++runs_;
  events_ += bench.trial.world().counters().events;
  return &bench.trial;
}

std::vector<sim::NamedFault> name_faults(const sim::Schedule& schedule, const sim::Plan& plan) {
  std::vector<sim::NamedFault> named;
  for (const sim::Fault& fault : schedule) named.push_back(kit::name_fault(fault, plan));
  return named;
}

}  // namespace indoubt::search
