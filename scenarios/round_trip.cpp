#include "scenarios/round_trip.hpp"

#include <algorithm>

namespace indoubt::scenarios {

using kit::Deployment;
using sim::Duration;

namespace {

/// Longer ones mean a scenario about something else, and their multiples might overflow.
constexpr Duration longest = std::chrono::hours{24 * 365};

Duration bounded_quantile(const sim::Distribution& distribution, std::uint32_t thousandths) {
  return std::min(longest, sim::quantile(distribution, thousandths));
}

}  // namespace

Duration round_trip(const Deployment& deployment, std::uint32_t thousandths) {
  Duration worst = bounded_quantile(deployment.network.latency, thousandths);
  for (const kit::LinkDecl& link : deployment.links) {
    worst = std::max(worst, bounded_quantile(link.quality.latency, thousandths));
  }
  return 2 * worst;
}

Duration round_trip_with_forces(const Deployment& deployment, std::uint32_t thousandths) {
  Duration worst{};
  for (const kit::NodeDecl& node : deployment.nodes) {
    worst = std::max(worst, bounded_quantile(node.disk.force, thousandths) +
                                bounded_quantile(node.work.time, thousandths));
  }
  return round_trip(deployment, thousandths) + 2 * worst;
}

}  // namespace indoubt::scenarios
