#include "protocols/parallel_commits/mutants.hpp"

namespace indoubt::parallel_commits::mutants {

void AbortsStaging::on(const VoteTimeout&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::writing) return;
  transaction.phase = Phase::pushing;
  ctx.reply(kit::NotPlaced{});
  on(PushDue{}, ctx);
}

void AbortsStaging::on(const PushDue&, Context& ctx) {
  if (!is_pushing(ctx)) return;
  ctx.send(settings->anchor(ctx), Recover{false});
  ctx.arm<PushDue>(settings->retry.after(pusher.pushed[ctx.order()].attempts++));
}

void RecoversWithoutQuery::on(const Staging&, Context& ctx) {
  if (is_in_doubt(ctx)) ctx.send(settings->anchor(ctx), Recover{false});
}

void CommitsUnstaged::on(const IntentWritten& written, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase == Phase::writing) {
    transaction.missing.remove(settings->services.of(ctx).position(settings->anchor(ctx)));
  }
  Coordinator::on(written, ctx);
}

void IntentNotForced::on(const WriteIntent& write, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  if (branch.phase != Phase::unknown || !stock.lock(ctx)) return Participant::on(write, ctx);
  ctx.write(*this, Intent{stock.hold_of(ctx.order())});
  ctx.answer(IntentWritten{true});
  ctx.arm<PushDue>(settings->heartbeat_expiry);
}

void NoRecordIsCommit::on(const Push& push, Context& ctx) {
  const bool has_record = branches[ctx.order()].phase != Phase::unknown;
  has_record ? Participant::on(push, ctx) : ctx.answer(Resolve{true});
}

}  // namespace indoubt::parallel_commits::mutants
