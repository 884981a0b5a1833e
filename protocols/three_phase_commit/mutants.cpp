#include "protocols/three_phase_commit/mutants.hpp"

namespace indoubt::three_phase_commit::mutants {

void SkipsPrecommit::settle(Standing& standing, Context& ctx) {
  const bool nobody_commits = standing.round.precommitted.is_empty();
  conclude(nobody_commits ? Outcome::abort : Outcome::commit, ctx);
}

void NeverRecovering::resume(Standing& standing, Context& ctx) { terminate(standing, ctx); }

}  // namespace indoubt::three_phase_commit::mutants
