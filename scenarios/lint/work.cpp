#include "scenarios/lint/work.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace indoubt::scenarios {
namespace {

using kit::Deployment;
using sim::Distribution;
using sim::Duration;

/// The longest time between two orders on the average, if it is clear what that is.
std::optional<Duration> gap_of(const Distribution& arrivals) {
  switch (arrivals.shape) {
    case Distribution::Shape::constant:
    case Distribution::Shape::exponential: return arrivals.first;
    case Distribution::Shape::uniform: return arrivals.second;
    case Distribution::Shape::lognormal:
    case Distribution::Shape::pareto: break;
  }
  return std::nullopt;
}

/// How many orders come until `sim_time`, and rather fewer than more.
std::int64_t orders_in_time(const Deployment& deployment) {
  const std::int64_t clients = deployment.workload.clients();
  if (!deployment.workload.arrivals) return clients;
  const std::optional<Duration> gap = gap_of(*deployment.workload.arrivals);
  if (!gap) return 0;
  if (*gap == Duration{0}) return clients;
  return std::min(clients, deployment.limits.sim_time.time_since_epoch() / *gap);
}

/// Whether orders of every kind take something from a service, or read there.
bool concerns_all(const Deployment& deployment, const std::string& service) {
  const std::vector<kit::OrderKind> kinds = deployment.workload.all_kinds();
  return std::all_of(kinds.begin(), kinds.end(), [&](const kit::OrderKind& kind) {
    return std::any_of(kind.takes.begin(), kind.takes.end(),
                       [&](const kit::TakeDecl& take) { return take.service == service; });
  });
}

}  // namespace

void lint_work(Report& report, const Value& cell, const Deployment& deployment) {
  const Value* nodes = cell.find("nodes");
  if (nodes == nullptr) return;
  const Duration until = deployment.limits.sim_time.time_since_epoch();
  const std::int64_t orders = orders_in_time(deployment);
  for (const kit::NodeDecl& node : deployment.nodes) {
    const Value* declared = nodes->find(node.name);
    const Value* work = declared == nullptr ? nullptr : declared->find("work");
    if (work == nullptr || orders == 0 || !concerns_all(deployment, node.name)) continue;
    const Duration usual = sim::quantile(node.work.time, 500);
    const bool takes_too_long = usual / 11 * 10 > until / orders;
    if (!takes_too_long) continue;
    report.warning(work->place, "'" + node.name +
                                    "' cannot be done with its work until sim_time (" +
                                    sim::to_text(until) + "): it usually takes " +
                                    sim::to_text(usual) + " for a message, and " +
                                    std::to_string(orders) + " orders send it one each at least");
  }
}

}  // namespace indoubt::scenarios
