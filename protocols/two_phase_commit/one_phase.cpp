#include "protocols/two_phase_commit/one_phase.hpp"

namespace indoubt::two_phase_commit {

void OnePhaseCoordinator::ask_for_votes(Transaction& transaction, Context& ctx) const {
  transaction = {.phase = Phase::preparing, .missing = settings->services.of(ctx).all()};
  ctx.cancel<VoteTimeout>();
  ask(transaction, ctx);
}

void OnePhaseCoordinator::ask(Transaction& transaction, Context& ctx) const {
  for (const sim::NodeId service : settings->services.of(ctx)) ctx.send(service, CommitOnePhase{});
  ctx.arm<ResendDue>(settings->retry.after(transaction.attempts++));
}

/// A service answers the work itself with its outcome, too, if it has decided already and the
/// coordinator has forgotten the order.
void OnePhaseCoordinator::on(const OnePhaseOutcome& outcome, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  const bool is_awaited =
      transaction.phase == Phase::working || transaction.phase == Phase::preparing;
  if (!is_awaited) return;
  transaction.phase = outcome.commits ? Phase::committed : Phase::aborted;
  ctx.cancel<VoteTimeout>();
  ctx.cancel<ResendDue>();
  if (outcome.commits) return ctx.reply(kit::Placed{});
  ctx.reply(kit::NotPlaced{});
}

/// As long as it has not asked, nothing can have been decided. But one that has crashed may have
/// asked before: this request of the client may be a copy of one that it has forgotten.
void OnePhaseCoordinator::on(const VoteTimeout& timeout, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::working) return;
  has_crashed ? ask_for_votes(transaction, ctx) : Coordinator::on(timeout, ctx);
}

void OnePhaseCoordinator::on(const ResendDue&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase == Phase::preparing) ask(transaction, ctx);
}

/// The same order begun anew by a coordinator that has forgotten the first attempt.
void OnePhaseParticipant::on(const Work& work, Context& ctx) {
  const bool is_committed = branches[ctx.order()].phase == Phase::committed;
  if (!is_committed) return Participant::on(work, ctx);
  ctx.await_forces();
  ctx.answer(OnePhaseOutcome{true});
}

/// The abort is durable, too, before it is told: a late copy of the work must not begin it anew.
void OnePhaseParticipant::on(const CommitOnePhase&, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  if (branch.phase == Phase::working && !ctx.disk_is_full()) {
    commit_alone(ctx);
  } else if (branch.phase != Phase::committed) {
    if (branch.phase != Phase::aborted) abort(ctx);
    ctx.force();
  }
  ctx.await_forces();
  ctx.answer(OnePhaseOutcome{branch.phase == Phase::committed});
}

/// The commit point is the force.
void OnePhaseParticipant::commit_alone(Context& ctx) {
  ctx.cancel<WorkTimeout>();
  ctx.write(*this, CommittedAlone{stock.units_of(ctx.order())});
  ctx.force();
}

void OnePhaseParticipant::lose_memory() {
  Participant::lose_memory();
  for (kit::Unit& unit : stock.units) unit.generation = 0;
}

void OnePhaseParticipant::replay(const CommittedAlone& record, sim::OrderId order) {
  branches[order].phase = Phase::committed;
  stock.assign(order, record.units);
}

}  // namespace indoubt::two_phase_commit
