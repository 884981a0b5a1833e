#include "protocols/parallel_commits/coordinator.hpp"

namespace indoubt::parallel_commits {

void Coordinator::on(const kit::PlaceOrder&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::unknown) return kit::answer_again(outcome_of(transaction), ctx);
  transaction = {.phase = Phase::writing, .missing = settings->services.of(ctx).all()};
  for (const sim::NodeId service : settings->services.of(ctx)) {
    service == settings->anchor(ctx) ? ctx.send(service, Stage{})
                                     : ctx.send(service, WriteIntent{});
  }
  ctx.arm<VoteTimeout>(settings->vote_timeout);
}

std::optional<sim::Outcome> Coordinator::outcome_of(const Transaction& transaction) const {
  if (transaction.phase == Phase::committed) return sim::Outcome::commit;
  if (transaction.phase == Phase::aborted) return sim::Outcome::abort;
  return std::nullopt;
}

void Coordinator::on(const IntentWritten& written, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::writing) return;
  if (!written.yes) return roll_back(transaction, ctx);
  transaction.missing.remove(settings->services.of(ctx).position(ctx.sender()));
  if (transaction.missing.is_empty()) commit(transaction, ctx);
}

/// The commit point is past: it was the force of the last intent. Making the commit explicit spares
/// others the recovery. It is told once: if that is lost, they recover.
void Coordinator::commit(Transaction& transaction, Context& ctx) const {
  transaction.phase = Phase::committed;
  ctx.cancel<VoteTimeout>();
  ctx.reply(kit::Placed{});
  ctx.send(settings->anchor(ctx), Commit{});
}

void Coordinator::on(const VoteTimeout&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase == Phase::writing) roll_back(transaction, ctx);
}

/// The record may be STAGING, and every intent there: then the order is committed, whatever the
/// coordinator has heard. So it does what anybody else would do.
void Coordinator::roll_back(Transaction& transaction, Context& ctx) {
  transaction.phase = Phase::pushing;
  ctx.cancel<VoteTimeout>();
  pusher.push(ctx);
}

void Coordinator::on(const PushDue&, Context& ctx) {
  if (is_pushing(ctx)) pusher.push(ctx);
}

void Coordinator::on(const Staging&, Context& ctx) {
  if (is_pushing(ctx)) pusher.query(ctx);
}

void Coordinator::on(const IntentStatus& status, Context& ctx) {
  if (is_pushing(ctx)) pusher.on(status, ctx);
}

void Coordinator::on(const Resolve& record, Context& ctx) {
  if (!is_pushing(ctx)) return;
  transactions[ctx.order()].phase = record.commits ? Phase::committed : Phase::aborted;
  ctx.cancel<PushDue>();
  record.commits ? ctx.reply(kit::Placed{}) : ctx.reply(kit::NotPlaced{});
}

}  // namespace indoubt::parallel_commits
