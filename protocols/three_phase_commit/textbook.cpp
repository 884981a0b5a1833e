#include "protocols/three_phase_commit/textbook.hpp"

namespace indoubt::three_phase_commit {

void TextbookCoordinator::on(const VoteTimeout& due, Context& ctx) {
  const bool lacks_acks = transactions[ctx.order()].phase == Phase::precommitting;
  lacks_acks ? conclude(Outcome::abort, ctx) : Coordinator::on(due, ctx);
}

void TextbookParticipant::terminate(Standing& standing, Context& ctx) {
  if (standing.is_recovering) return Participant::terminate(standing, ctx);
  decide(sim::outcome_of(standing.state == State::precommitted), ctx);
}

}  // namespace indoubt::three_phase_commit
