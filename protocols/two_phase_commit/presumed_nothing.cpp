#include "protocols/two_phase_commit/presumed_nothing.hpp"

namespace indoubt::two_phase_commit {

void PresumedNothingCoordinator::abort(Transaction& transaction, Context& ctx) {
  if (transaction.phase == Phase::working) return Coordinator::abort(transaction, ctx);
  const kit::ServiceSet concerned = whoever_said_not_no(transaction, ctx);
  ctx.cancel<VoteTimeout>();
  ctx.write(*this, AbortDecision{});
  transaction.missing = concerned;  // After a crash it does not know who has said no.
  ctx.force();
  ctx.reply(kit::NotPlaced{});
  tell_or_end(transaction, ctx);
}

void PresumedNothingCoordinator::replay(const AbortDecision&, sim::OrderId order) {
  transactions[order] = {.phase = Phase::aborting, .missing = settings->services.of(order).writers};
}

/// Forced even if it has aborted already, alone or when it was told before: that may not be
/// durable.
void PresumedNothingParticipant::on(const Abort& abort, Context& ctx) {
  Participant::on(abort, ctx);
  ctx.force();
  ctx.answer(Ack{});
}

}  // namespace indoubt::two_phase_commit
