#include "protocols/two_phase_commit/presumed_commit.hpp"

namespace indoubt::two_phase_commit {

/// As soon as votes are asked for a service may be in doubt, and it must not be told commit.
void PresumedCommitCoordinator::ask_for_votes(Transaction& transaction, Context& ctx) const {
  ctx.append(Collecting{});  // Only after a crash it means an abort.
  ctx.force();
  Coordinator::ask_for_votes(transaction, ctx);
}

/// Forced, so that the record of collecting no longer means abort. Then the order can be forgotten
/// at once: whoever misses the message asks, and the answer is the same.
void PresumedCommitCoordinator::commit(Transaction&, Context& ctx) {
  ctx.cancel<VoteTimeout>();
  ctx.write(*this, CommitDecision{});
  ctx.force();
  ctx.reply(kit::Placed{});
  const kit::OrderServices& services = settings->services.of(ctx);
  services.for_each(services.writers, [&](sim::NodeId service) { ctx.send(service, Commit{}); });
}

/// Nothing is written: after a crash the record of collecting means abort. If votes were not asked
/// for, there is no such record, and no service is in doubt.
void PresumedCommitCoordinator::abort(Transaction& transaction, Context& ctx) {
  if (transaction.phase == Phase::working) return Coordinator::abort(transaction, ctx);
  transaction = {.phase = Phase::aborting, .missing = whoever_said_not_no(transaction, ctx)};
  ctx.cancel<VoteTimeout>();
  ctx.reply(kit::NotPlaced{});
  tell_or_end(transaction, ctx);
}

void PresumedCommitCoordinator::answer_without_record(Context& ctx) const {
  ctx.answer(PresumedCommit{});
}

void PresumedCommitCoordinator::replay(const Collecting&, sim::OrderId order) {
  transactions[order] = {.phase = Phase::aborting, .missing = settings->services.of(order).writers};
}

void PresumedCommitCoordinator::replay(const CommitDecision&, sim::OrderId order) {
  transactions[order] = {.phase = Phase::committed};
}

void PresumedCommitCoordinator::lose_memory() {
  transactions.for_each([](sim::OrderId, Transaction& transaction) {
    if (transaction.phase == Phase::preparing) transaction.phase = Phase::aborting;
  });
  Coordinator::lose_memory();
}

/// Not forced and not acknowledged: if the record is lost, the service asks again.
void PresumedCommitParticipant::on(const Commit&, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  if (branch.phase == Phase::prepared) commit(ctx);
}

}  // namespace indoubt::two_phase_commit
