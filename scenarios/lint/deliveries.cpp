#include "scenarios/lint/deliveries.hpp"

#include <algorithm>
#include <string>

#include "protocols/kit/retry.hpp"
#include "protocols/kit/settings.hpp"
#include "scenarios/lint/place.hpp"
#include "scenarios/lint/timeouts.hpp"
#include "scenarios/text/units.hpp"

namespace indoubt::scenarios {
namespace {

using sim::Duration;

constexpr std::string_view most_deliveries = "max_deliveries";

/// How long after the first delivery the last one is, but no longer than is asked about.
Duration last_delivery(const kit::ProtocolChoice& protocol, std::int64_t deliveries,
                       Duration enough) {
  const kit::Retry retry{kit::duration_in_force(protocol, "retry"),
                         kit::duration_in_force(protocol, "retry_max")};
  Duration sum{};
  for (std::uint32_t i = 0; i + 1 < deliveries && sum < enough; ++i) sum += retry.after(i);
  return sum;
}

/// The longest time for which a crash keeps a service away that comes back.
Duration longest_absence(const kit::Deployment& deployment) {
  Duration longest{};
  for (const sim::NamedFault& fault : deployment.faults) {
    const bool is_of_service =
        std::any_of(fault.nodes.begin(), fault.nodes.end(),
                    [&](const std::string& node) { return is_service(deployment, node); });
    if (fault.action == sim::Action::crash && is_of_service && fault.restart_after) {
      longest = std::max(longest, *fault.restart_after);
    }
  }
  return longest;
}

/// A service that is away until its messages have been given up.
void lint_limit(Report& report, const Value& cell, const kit::Deployment& deployment) {
  const kit::ProtocolChoice& protocol = deployment.protocol;
  if (!applies(protocol, most_deliveries)) return;
  const std::int64_t deliveries = std::stoll(kit::value_in_force(protocol, most_deliveries));
  const Duration absence = longest_absence(deployment);
  if (deliveries == 0 || absence == Duration{}) return;
  const Duration last = last_delivery(protocol, deliveries, absence);
  if (last >= absence) return;
  report.warning(place_of_option(cell, most_deliveries),
                 "max_deliveries of " + std::to_string(deliveries) + " is used up after " +
                     sim::to_text(last) + ", and a crash keeps a service away for " +
                     sim::to_text(absence) + ": what comes for it then is parked");
}

/// A message is delivered to one of several consumers, handed on to their database, and answered
/// the same way back: two round trips.
void lint_consumers(Report& report, const Value& cell, const kit::Deployment& deployment) {
  constexpr std::string_view option = "consumers";
  const kit::ProtocolChoice& protocol = deployment.protocol;
  if (!applies(protocol, option) || kit::value_in_force(protocol, option) == "1") return;
  // A queue has a wait of its own where it has one.
  const bool has_visibility = applies(protocol, "visibility_timeout");
  const std::string_view waits = has_visibility ? "visibility_timeout" : "retry";
  Duration wait = kit::duration_in_force(protocol, waits);
  if (!has_visibility) wait = std::min(wait, kit::duration_in_force(protocol, "retry_max"));
  const Duration needed = 2 * round_trip(deployment, lint_thousandths);
  if (wait >= needed) return;
  report.warning(place_of_option(cell, waits),
                 std::string{waits} + " of " + sim::to_text(wait) +
                     " is shorter than two round trips (" + roughly(needed) +
                     "), so a message is delivered to another consumer before the first one can "
                     "have acknowledged it");
}

}  // namespace

void lint_deliveries(Report& report, const Value& cell, const kit::Deployment& deployment) {
  if (!applies(deployment.protocol, "retry")) return;
  lint_limit(report, cell, deployment);
  lint_consumers(report, cell, deployment);
}

}  // namespace indoubt::scenarios
