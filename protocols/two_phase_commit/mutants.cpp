#include "protocols/two_phase_commit/mutants.hpp"

namespace indoubt::two_phase_commit::mutants {

void ReplyBeforeForce::on(const Vote& vote, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::preparing) return;
  if (!vote.yes) return abort(transaction, ctx);
  if (!completes(transaction, ctx)) return;
  ctx.cancel<VoteTimeout>();
  ctx.write(*this, CommitDecision{});
  ctx.reply(kit::Placed{});
  tell(transaction, ctx);
  ctx.force();
}

void VoteWithoutPrepared::on(const Prepare& question, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  if (branch.phase != Phase::working) return Participant::on(question, ctx);
  ctx.cancel<WorkTimeout>();
  ctx.write(*this, Prepared{stock.hold_of(ctx.order())});
  ctx.answer(Vote{true});
  ctx.arm<InquiryDue>(settings->vote_timeout);
}

void YesAfterAmnesia::on(const Prepare& question, Context& ctx) {
  if (branches[ctx.order()].phase != Phase::unknown) return Participant::on(question, ctx);
  ctx.answer(Vote{true});
}

void TimeoutCommits::on(const VoteTimeout& timeout, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::preparing) return Coordinator::on(timeout, ctx);
  commit(transaction, ctx);
}

void ReadyTimeoutAborts::on(const InquiryDue&, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  if (branch.phase == Phase::prepared) abort(ctx);
}

void LocksNotRestored::replay(const Prepared& record, sim::OrderId order) {
  branches[order].phase = Phase::prepared;
  stock.taken[order] = record.hold.units;
}

void DecisionNotSticky::on(const Vote& vote, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  const bool is_aborted = transaction.phase == Phase::forgotten && !transaction.missing.is_empty();
  if (is_aborted) transaction.phase = Phase::preparing;
  Coordinator::on(vote, ctx);
}

void RecoveryRacesPrepare::on(const Inquiry& inquiry, Context& ctx) {
  const bool is_voted_on = transactions[ctx.order()].phase == Phase::preparing;
  is_voted_on ? answer_without_record(ctx) : Coordinator::on(inquiry, ctx);
}

void NoInformationIsAbort::on(const DecisionRequest& request, Context& ctx) {
  const bool has_forgotten = branches[ctx.order()].phase == Phase::committed;
  has_forgotten ? ctx.answer(DecisionKnown{false}) : Cooperative::on(request, ctx);
}

void ForgetCommitEarly::on(const Ack&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::committing) return;
  end(ctx);
}

void MissingVotesAreNo::on(const Vote& vote, Context& ctx) {
  Coordinator::on(vote, ctx);
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase == Phase::preparing) abort(transaction, ctx);
}

void TellsOneByOne::on(const Vote& vote, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::preparing) return;
  if (!vote.yes) return abort(transaction, ctx);
  if (!completes(transaction, ctx)) return;
  ctx.cancel<VoteTimeout>();
  ctx.write(*this, CommitDecision{});
  ctx.force();
  ctx.reply(kit::Placed{});
  tell_next(transaction, ctx);
}

void TellsOneByOne::on(const ResendDue&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase == Phase::committing) tell_next(transaction, ctx);
}

void TellsOneByOne::on(const Ack& ack, Context& ctx) {
  Coordinator::on(ack, ctx);
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase == Phase::committing) tell_next(transaction, ctx);
}

void TellsOneByOne::on(const Inquiry& inquiry, Context& ctx) {
  if (transactions[ctx.order()].phase != Phase::committing) Coordinator::on(inquiry, ctx);
}

void TellsOneByOne::tell_next(Transaction& transaction, Context& ctx) const {
  const sim::NodeId* service = settings->services.of(ctx).begin();
  while (!transaction.missing.has(settings->services.of(ctx).position(*service))) ++service;
  ctx.send(*service, Commit{});
  ctx.arm<ResendDue>(settings->retry.after(transaction.attempts++));
}

void AckBeforeDurable::on(const Commit& commit, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  if (branch.phase != Phase::prepared) return Participant::on(commit, ctx);
  Participant::commit(ctx);
  ctx.answer(Ack{});
}

void NeverAnswers::commit(Transaction& transaction, Context& ctx) {
  ctx.cancel<VoteTimeout>();
  ctx.write(*this, CommitDecision{});
  ctx.force();
  tell(transaction, ctx);
}

void LocksTheTable::on(const Work& work, Context& ctx) {
  bool is_busy = false;
  branches.for_each(
      [&](sim::OrderId, const Branch& branch) { is_busy |= branch.phase == Phase::working; });
  if (!is_busy || branches[ctx.order()].phase != Phase::unknown) return Participant::on(work, ctx);
  ctx.write(*this, Refused{});
  ctx.answer(Worked{false});
}

void ReportsOnce::on(const HeuristicDue&, Context& ctx) {
  if (branches[ctx.order()].phase != Phase::prepared) return;
  ctx.cancel<InquiryDue>();
  ctx.write(*this, HeuristicCommitted{stock.units_of(ctx.order())});
  ctx.force();
  report(ctx);
}

}  // namespace indoubt::two_phase_commit::mutants
