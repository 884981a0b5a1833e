#include "scenarios/lint/reservation.hpp"

#include <algorithm>
#include <string>

#include "protocols/kit/settings.hpp"
#include "scenarios/lint/place.hpp"
#include "scenarios/lint/timeouts.hpp"

namespace indoubt::scenarios {
namespace {

using kit::Deployment;
using sim::Duration;

Duration magnitude(const std::optional<Duration>& duration) {
  return std::chrono::abs(duration.value_or(Duration{}));
}

Duration clock_error(const Deployment& deployment) {
  Duration sum{};
  for (const sim::NamedFault& fault : deployment.faults) {
    if (fault.action != sim::Action::clock) continue;
    const bool is_at_service =
        std::any_of(fault.nodes.begin(), fault.nodes.end(),
                    [&](const std::string& node) { return is_service(deployment, node); });
    if (is_at_service) sum += magnitude(fault.offset) + magnitude(fault.jump);
  }
  return sum;
}

/// Larger numbers mean a scenario about something else, and their sum might overflow.
bool is_plausible(Duration duration) { return duration <= std::chrono::hours{24 * 365}; }

}  // namespace

void lint_reservation_ttl(Report& report, const Value& cell, const Deployment& deployment) {
  const kit::ProtocolChoice& protocol = deployment.protocol;
  const bool is_it = protocol.name() == "reservation" &&
                     kit::find_option(protocol.family->info, "reservation_ttl") != nullptr &&
                     kit::find_option(protocol.family->info, "call_timeout") != nullptr;
  if (!is_it) return;
  const Duration trip = round_trip(deployment, lint_thousandths);
  const Duration error = clock_error(deployment);
  const Duration call = kit::duration_in_force(protocol, "call_timeout");
  if (!is_plausible(trip) || !is_plausible(error) || !is_plausible(call)) return;
  const Duration window = 2 * call + trip;
  const Duration ttl = kit::duration_in_force(protocol, "reservation_ttl");
  if (!is_plausible(window) || ttl >= window + trip + error) return;
  report.warning(place_of_option(cell, "reservation_ttl"),
                 "a hold of " + sim::to_text(ttl) +
                     " may expire while the order is being "
                     "assigned: reservation_ttl should be at least retry window " +
                     sim::to_text(window) + " + round trip " + sim::to_text(trip) +
                     " + clock error " + sim::to_text(error) + " = " +
                     sim::to_text(window + trip + error));
}

}  // namespace indoubt::scenarios
