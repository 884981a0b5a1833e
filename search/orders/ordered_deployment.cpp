#include "search/orders/ordered_deployment.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>

#include "protocols/kit/family.hpp"
#include "protocols/kit/settings.hpp"

namespace indoubt::search {
namespace {

/// Longer than a path goes on.
constexpr sim::TrueTime long_run{std::chrono::hours{24}};

/// How often somebody has tried is no part of a state, so it must not change how long it waits.
void wait_longest(kit::ProtocolChoice& protocol) {
  constexpr std::string_view first = "retry";
  constexpr std::string_view longest = "retry_max";
  const bool has_both = kit::find_option(protocol.family->info, first) != nullptr &&
                        kit::find_option(protocol.family->info, longest) != nullptr &&
                        kit::who_lacks(protocol, first).empty();
  if (!has_both) return;
  std::erase_if(protocol.options, [&](const auto& option) { return option.first == first; });
  protocol.options.emplace_back(first, kit::duration_in_force(protocol, longest));
}

}  // namespace

kit::Deployment in_order(kit::Deployment deployment) {
  if (!deployment.order) deployment.order.emplace();
  deployment.workload.arrivals.reset();
  deployment.limits.sim_time = deployment.limits.quiet_after = long_run;
  deployment.limits.drain = sim::usual_drain(long_run);
  wait_longest(deployment.protocol);
  return deployment;
}

}  // namespace indoubt::search
