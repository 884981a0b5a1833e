#include "scenarios/lint/half_measures.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "protocols/kit/settings.hpp"
#include "scenarios/lint/place.hpp"
#include "scenarios/lint/timeouts.hpp"
#include "scenarios/text/units.hpp"

namespace indoubt::scenarios {
namespace {

using sim::Duration;

/// An option that is off at 0, and has to be longer than another one.
struct Rule {
  std::string_view option;
  std::string_view other;
  std::string_view why;           ///< between the option's value and the other's
  std::string_view checked_at{};  ///< the option that says how often its end is looked for
};

constexpr std::array rules{
    Rule{"inbox_retention", "retry_max",
         "is shorter than the longest wait before a message is delivered again, so a repetition is "
         "taken for a new message: it should be longer than retry_max"},
    Rule{"inbox_retention", "supervisor_grace",
         "is shorter than a supervisor waits before it asks what a service has done, so it is done "
         "again: it should be longer than supervisor_grace"},
    Rule{"fence_retention", "retry_max",
         "is shorter than the longest wait before an outcome is told again, so what is told again "
         "finds no row: it should be longer than retry_max"},
    Rule{"gap_timeout", "transaction",
         "is not longer than a transaction may be open, so what commits after it is never read: it "
         "should be longer than transaction",
         "poll"},
};

bool is_on(const kit::ProtocolChoice& protocol, std::string_view name) {
  return applies(protocol, name) && kit::duration_in_force(protocol, name) != Duration{};
}

void warn(Report& report, const Value& cell, std::string_view option, Duration value,
          const std::string& why) {
  report.warning(place_of_option(cell, option),
                 std::string{option} + " of " + sim::to_text(value) + " " + why);
}

/// A request may be on its way for as long, and what follows it may overtake it.
void lint_tombstones(Report& report, const Value& cell, const kit::Deployment& deployment) {
  constexpr std::string_view option = "tombstone_retention";
  if (!is_on(deployment.protocol, option)) return;
  const Duration kept = kit::duration_in_force(deployment.protocol, option);
  const Duration trip = round_trip(deployment, lint_thousandths);
  if (kept >= trip) return;
  warn(report, cell, option, kept,
       "is shorter than a round trip (" + roughly(trip) +
           "), so a reserve that its release has overtaken finds no tombstone");
}

/// What is published under a lease arrives at the broker after a force and on one way.
void lint_lease(Report& report, const Value& cell, const kit::Deployment& deployment) {
  constexpr std::string_view option = "relay_lease";
  if (!is_on(deployment.protocol, option)) return;
  const Duration lease = kit::duration_in_force(deployment.protocol, option);
  const Duration needed = round_trip_with_forces(deployment, lint_thousandths) / 2;
  if (lease >= needed) return;
  warn(report, cell, option, lease,
       "is shorter than a force and a message take (" + roughly(needed) +
           "), so another relay has taken over before anything is published under it");
}

}  // namespace

void lint_half_measures(Report& report, const Value& cell, const kit::Deployment& deployment) {
  const kit::ProtocolChoice& protocol = deployment.protocol;
  for (const Rule& rule : rules) {
    if (!is_on(protocol, rule.option) || !applies(protocol, rule.other)) continue;
    const Duration value = kit::duration_in_force(protocol, rule.option);
    const Duration other = kit::duration_in_force(protocol, rule.other);
    const Duration lasts = rule.checked_at.empty()
                               ? value
                               : std::max(value, kit::duration_in_force(protocol, rule.checked_at));
    if (lasts > other) continue;
    warn(report, cell, rule.option, value,
         std::string{rule.why} + " (" + sim::to_text(other) + ")");
  }
  lint_tombstones(report, cell, deployment);
  lint_lease(report, cell, deployment);
}

}  // namespace indoubt::scenarios
