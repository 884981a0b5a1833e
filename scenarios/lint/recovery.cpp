#include "scenarios/lint/recovery.hpp"

#include <string>

#include "protocols/kit/settings.hpp"
#include "scenarios/lint/place.hpp"

namespace indoubt::scenarios {

void lint_orphan_safety(Report& report, const Value& cell, const kit::Deployment& deployment) {
  const kit::ProtocolChoice& protocol = deployment.protocol;
  const kit::OptionDecl* option = kit::find_option(protocol.family->info, "orphan_safety");
  const bool applies = option != nullptr && kit::who_lacks(protocol, option->name).empty() &&
                       kit::is_met(protocol, option->only_with);
  if (!applies) return;
  const sim::Duration safety = kit::duration_in_force(protocol, option->name);
  const sim::Duration vote = kit::duration_in_force(protocol, "vote_timeout");
  if (safety >= vote) return;
  report.warning(
      place_of_option(cell, option->name),
      "recovery rolls back after " + sim::to_text(safety) +
          " what may still be voted on: orphan_safety should be at least vote_timeout, " +
          sim::to_text(vote));
}

}  // namespace indoubt::scenarios
