#include "protocols/two_phase_commit/mutants.hpp"

namespace indoubt::two_phase_commit::mutants {

void NoInformationIsAbort::on(const DecisionRequest& request, Context& ctx) {
  const bool has_forgotten = branches[ctx.order()].phase == Phase::committed;
  has_forgotten ? ctx.answer(DecisionKnown{false}) : Cooperative::on(request, ctx);
}

void NeverAnswers::commit(Transaction& transaction, Context& ctx) {
  ctx.cancel<VoteTimeout>();
  ctx.write(*this, CommitDecision{});
  ctx.force();
  tell(transaction, ctx);
}

void ReportsOnce::on(const HeuristicDue&, Context& ctx) {
  if (branches[ctx.order()].phase != Phase::prepared) return;
  ctx.cancel<InquiryDue>();
  ctx.write(*this, HeuristicCommitted{stock.units_of(ctx.order())});
  ctx.force();
  report(ctx);
}

void OrphansAtFirstSight::on(const InDoubt& branch, Context& ctx) {
  sights[ctx.order()] = Sight::orphan;
  ScansPeriodically::on(branch, ctx);
}

void OrphansLeftAlone::on(const InDoubt& branch, Context& ctx) {
  if (transactions[ctx.order()].is_telling()) ScansPeriodically::on(branch, ctx);
}

void DecidedIsTold::on(const InDoubt& branch, Context& ctx) {
  if (!transactions[ctx.order()].is_telling()) ScansPeriodically::on(branch, ctx);
}

void TakesWithoutAnotherLook::on(const Work& work, Context& ctx) {
  const bool is_new = branches[ctx.order()].phase == Phase::unknown;
  Participant::on(work, ctx);
  if (!is_new || branches[ctx.order()].phase != Phase::working) return;
  seen[ctx.order()] = stock.units_of(ctx.order());
  stock.unlock(ctx);
}

void TakesWithoutAnotherLook::on(const Prepare& question, Context& ctx) {
  const bool is_working = branches[ctx.order()].phase == Phase::working;
  if (is_working) stock.hold(ctx.order(), stock.next_hold(seen[ctx.order()]));
  Participant::on(question, ctx);
}

void TakesWithoutAnotherLook::lose_memory() {
  Participant::lose_memory();
  seen = {};
}

}  // namespace indoubt::two_phase_commit::mutants
