#include "protocols/paxos_commit/coordinator.hpp"

namespace indoubt::paxos_commit {

void Coordinator::on(const kit::PlaceOrder&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::unknown) return kit::answer_again(leader.outcome(ctx), ctx);
  transaction = {.phase = Phase::working, .missing = settings->services.of(ctx).all()};
  for (const sim::NodeId service : settings->services.of(ctx)) ctx.send(service, Work{});
  ctx.arm<VoteTimeout>(settings->vote_timeout);
}

void Coordinator::on(const Worked&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::working) return;
  transaction.missing.remove(settings->services.of(ctx).position(ctx.sender()));
  if (!transaction.missing.is_empty()) return;
  transaction.phase = Phase::voting;
  ask_for_votes(ctx);
}

void Coordinator::ask_for_votes(Context& ctx) const {
  for (const sim::NodeId service : settings->services.of(ctx)) ctx.send(service, Prepare{});
  ctx.arm<VoteTimeout>(settings->vote_timeout);
}

/// Even before the first vote it may not abort alone: it may have forgotten in a crash that it has
/// asked for votes already.
void Coordinator::on(const VoteTimeout&, Context& ctx) {
  transactions[ctx.order()].phase = Phase::voting;
  leader.lead(ctx);
}

/// A ballot of its own: if all votes are not accepted yet, it may find that one is missing.
void Coordinator::on(const kit::CancelOrder&, Context& ctx) {
  if (transactions[ctx.order()].phase != Phase::unknown) on(VoteTimeout{}, ctx);
}

/// A service that asks has voted. The coordinator may have forgotten the order in a crash; from now
/// on a repeated request does not begin it again.
void Coordinator::on(const Inquiry& inquiry, Context& ctx) {
  transactions[ctx.order()].phase = Phase::voting;
  leader.on(inquiry, ctx);
}

/// The commit point is past: it was the force of the last acceptor of the quorum.
void Coordinator::on(const Phase2b& accepted, Context& ctx) {
  if (!leader.learns(accepted, ctx)) return;
  transactions[ctx.order()].phase = Phase::voting;
  ctx.cancel<VoteTimeout>();
  leader.has_committed(ctx) ? ctx.reply(kit::Placed{}) : ctx.reply(kit::NotPlaced{});
  leader.tell(ctx);
}

}  // namespace indoubt::paxos_commit
