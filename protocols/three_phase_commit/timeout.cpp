#include "protocols/three_phase_commit/timeout.hpp"

namespace indoubt::three_phase_commit {

void TimeoutParticipant::terminate(Standing& standing, Context& ctx) {
  if (standing.is_recovering) return Participant::terminate(standing, ctx);
  if (standing.state == State::precommitted) return conclude(Outcome::commit, ctx);
  ask(no_ballot, settings->sites(ctx).all_but(ctx.self()), ctx);
  ctx.arm<RoundOver>(settings->vote_timeout);
}

/// One that has crashed and is up again proves nothing: another one may have asked while it was
/// down, and gone on without it.
void TimeoutParticipant::hear(Standing& standing, const StateReport& report, Context& ctx) {
  if (standing.is_recovering) return Participant::hear(standing, report, ctx);
  const bool is_precommitted = report.state == State::precommitted && !report.recovering;
  if (is_precommitted && standing.state == State::waiting) conclude(Outcome::commit, ctx);
}

void TimeoutParticipant::on(const RoundOver&, Context& ctx) {
  if (standings[ctx.order()].state == State::waiting) conclude(Outcome::abort, ctx);
}

}  // namespace indoubt::three_phase_commit
