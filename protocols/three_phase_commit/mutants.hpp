#pragma once

#include "protocols/three_phase_commit/coordinator.hpp"
#include "protocols/three_phase_commit/e3pc.hpp"
#include "protocols/three_phase_commit/quorum.hpp"
#include "protocols/three_phase_commit/skeen.hpp"
#include "protocols/three_phase_commit/timeout.hpp"

/// Three-phase commit with one mistake each. Every mutant is the correct role but for what it
/// declares, and has the termination that it is a mistake of; `family.cpp` says what each of them
/// breaks, and where it was seen.
namespace indoubt::three_phase_commit::mutants {

/// Leads, finds somebody precommitted, and leaves the others where they are.
struct SkipsPrecommit : SkeenParticipant {
  void settle(Standing& standing, Context& ctx) override;
};

/// Takes part again after a crash, as if nobody could have gone on without it.
struct NeverRecovering : SkeenParticipant {
  void resume(Standing& standing, Context& ctx) override;
};

/// Half of the sites are enough for either outcome.
template <typename Role>
struct OverlappingQuorums : Quorum<Role> {
  int needed(State, int sites) const override { return sites / 2; }
};

/// Goes by who is precommitted, and not by the latest attempt.
template <typename Role>
struct ForgetsAttempts : E3pc<Role> {
  using typename Role::Standing;
  void settle(Standing& standing, Context& ctx) override {
    standing.round.is_committable = !standing.round.precommitted.is_empty();
    E3pc<Role>::settle(standing, ctx);
  }
};

/// Counts who has answered, and does not look at what they said.
struct CountsAnyAnswer : Coordinator {
  using Coordinator::on;
  void on(const Worked&, Context& ctx) { Coordinator::on(Worked{true}, ctx); }
  void on(const Vote&, Context& ctx) { Coordinator::on(Vote{true}, ctx); }
};

}  // namespace indoubt::three_phase_commit::mutants
