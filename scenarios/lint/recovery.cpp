#include "scenarios/lint/recovery.hpp"

#include <string>

#include "protocols/kit/settings.hpp"
#include "scenarios/lint/place.hpp"

namespace indoubt::scenarios {

void lint_orphan_safety(Report& report, const Value& cell, const kit::Deployment& deployment) {
  const kit::ProtocolChoice& protocol = deployment.protocol;
  constexpr std::string_view option = "orphan_safety";
  if (!applies(protocol, option)) return;
  const sim::Duration safety = kit::duration_in_force(protocol, option);
  const sim::Duration vote = kit::duration_in_force(protocol, "vote_timeout");
  if (safety >= vote) return;
  report.warning(
      place_of_option(cell, option),
      "recovery rolls back after " + sim::to_text(safety) +
          " what may still be voted on: orphan_safety should be at least vote_timeout, " +
          sim::to_text(vote));
}

}  // namespace indoubt::scenarios
