#pragma once

#include "protocols/three_phase_commit/coordinator.hpp"
#include "protocols/three_phase_commit/participant.hpp"

/// Termination as it is drawn in textbooks: silence is a transition of each site's own state, and
/// nobody asks or tells anybody. Source: Skeen (1981), before its termination protocol.
namespace indoubt::three_phase_commit {

/// Aborts as long as it has not committed: it does not know whether the silent service was told
/// that all have voted yes.
struct TextbookCoordinator : Coordinator {
  using Coordinator::on;
  void on(const VoteTimeout& due, Context& ctx);
};

/// One that waits aborts, one that is precommitted commits. After a crash it only asks, as under
/// any termination.
struct TextbookParticipant : Participant {
  void terminate(Standing& standing, Context& ctx) override;
};

}  // namespace indoubt::three_phase_commit
