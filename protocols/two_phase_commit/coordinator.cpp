#include "protocols/two_phase_commit/coordinator.hpp"

namespace indoubt::two_phase_commit {

void Coordinator::on(const kit::PlaceOrder&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::unknown) return kit::answer_again(outcome_of(transaction), ctx);
  transaction = {.phase = Phase::working, .missing = settings->services.of(ctx).all()};
  for (const sim::NodeId service : settings->services.of(ctx)) ctx.send(service, Work{});
  ctx.arm<VoteTimeout>(settings->vote_timeout);
}

std::optional<Outcome> Coordinator::outcome_of(const Transaction& transaction) const {
  switch (transaction.phase) {
    case Phase::unknown:
    case Phase::working:
    case Phase::preparing: return std::nullopt;
    case Phase::committing:
    case Phase::committed: return Outcome::commit;
    case Phase::aborting:
    case Phase::aborted:
    case Phase::forgotten: return Outcome::abort;
  }
  return std::nullopt;
}

/// As if a vote had not come in time.
void Coordinator::on(const kit::CancelOrder&, Context& ctx) { on(VoteTimeout{}, ctx); }

void Coordinator::on(const Worked& worked, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::working) return;
  if (!worked.done) return abort(transaction, ctx);
  if (completes(transaction, ctx)) ask_for_votes(transaction, ctx);
}

void Coordinator::ask_for_votes(Transaction& transaction, Context& ctx) const {
  transaction = {.phase = Phase::preparing, .missing = settings->services.of(ctx).all()};
  for (const sim::NodeId service : settings->services.of(ctx)) ctx.send(service, Prepare{});
  ctx.arm<VoteTimeout>(settings->vote_timeout);
}

void Coordinator::on(const Vote& vote, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::preparing) return;
  if (!vote.yes) return abort(transaction, ctx);
  if (completes(transaction, ctx)) commit(transaction, ctx);
}

/// The commit point is the force: before it the order is aborted, after it nothing can abort it.
void Coordinator::commit(Transaction& transaction, Context& ctx) {
  ctx.cancel<VoteTimeout>();
  ctx.write(*this, CommitDecision{});
  ctx.force();
  ctx.reply(kit::Placed{});
  tell(transaction, ctx);
}

/// Nothing is written, because no record means abort, and so the order can be forgotten at once.
/// Nothing is acknowledged, either: whoever misses the message asks, and the answer is the same.
void Coordinator::abort(Transaction& transaction, Context& ctx) {
  const kit::ServiceSet concerned = whoever_said_not_no(transaction, ctx);
  transaction.phase = Phase::forgotten;
  ctx.cancel<VoteTimeout>();
  ctx.reply(kit::NotPlaced{});
  settings->services.of(ctx).for_each(concerned,
                                      [&](sim::NodeId service) { ctx.send(service, Abort{}); });
}

/// A silent service may have failed or be slow. Nobody was told yet, so it is safe to abort.
void Coordinator::on(const VoteTimeout&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase == Phase::working || transaction.phase == Phase::preparing) {
    abort(transaction, ctx);
  }
}

/// Everybody is told again until they acknowledge: only then may the coordinator forget, because an
/// inquiry after that is answered with abort.
void Coordinator::tell(Transaction& transaction, Context& ctx) const {
  settings->services.of(ctx).for_each(transaction.missing, [&](sim::NodeId service) {
    transaction.phase == Phase::committing ? ctx.send(service, Commit{})
                                           : ctx.send(service, Abort{});
  });
  ctx.arm<ResendDue>(settings->retry.after(transaction.attempts++));
}

void Coordinator::on(const Ack&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.is_telling() && completes(transaction, ctx)) end(ctx);
}

/// Not forced: without the record the outcome is told once more, and acknowledged.
void Coordinator::end(Context& ctx) {
  ctx.cancel<ResendDue>();
  ctx.write(*this, End{});
}

/// The order may have ended while the timer was due: cancelling it waits for a pending force.
void Coordinator::on(const ResendDue&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.is_telling()) tell(transaction, ctx);
}

/// A presumption is an answer without a record, and as binding as a decision: a request for the
/// order that comes later must not begin it.
void Coordinator::on(const Inquiry&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  ctx.await_forces();
  switch (transaction.phase) {
    case Phase::working:
    case Phase::preparing: return;  // Undecided: the answer will come as the decision.
    case Phase::committing: return ctx.answer(Commit{});
    case Phase::aborting: return ctx.answer(Abort{});
    case Phase::unknown: transaction.phase = Phase::forgotten; break;
    case Phase::committed:
    case Phase::aborted:
    case Phase::forgotten: break;
  }
  answer_without_record(ctx);
}

void Coordinator::answer_without_record(Context& ctx) const { ctx.answer(PresumedAbort{}); }

/// What was decided and not acknowledged by all is told again. The client's connection is gone.
void Coordinator::on(const sim::Restart&, Context& ctx) {
  transactions.for_each([&](sim::OrderId order, Transaction& transaction) {
    if (!transaction.is_telling()) return;
    Context about = ctx.about(order);
    tell(transaction, about);
  });
}

void Coordinator::replay(const CommitDecision&, sim::OrderId order) {
  transactions[order] = {.phase = Phase::committing,
                         .missing = settings->services.of(order).writers};
}

void Coordinator::replay(const End&, sim::OrderId order) {
  Phase& phase = transactions[order].phase;
  phase = phase == Phase::aborting ? Phase::aborted : Phase::committed;
}

void Coordinator::lose_memory() {
  transactions.lose_memory([this](sim::OrderId order, Transaction& transaction) {
    const Transaction before = transaction;
    transaction = {};
    if (before.is_telling()) transaction.missing = settings->services.of(order).writers;
    const bool has_ended = before.phase == Phase::committed || before.phase == Phase::aborted;
    if (before.is_telling() || has_ended) transaction.phase = before.phase;
  });
}

kit::ServiceSet Coordinator::whoever_said_not_no(const Transaction& transaction,
                                                 const Context& ctx) const {
  const kit::OrderServices& all = settings->services.of(ctx);
  kit::ServiceSet services = transaction.phase == Phase::preparing ? all.writers : all.all();
  services.remove(all.position(ctx.sender()));
  return services;
}

void Coordinator::tell_or_end(Transaction& transaction, Context& ctx) {
  transaction.missing.is_empty() ? end(ctx) : tell(transaction, ctx);
}

bool Coordinator::completes(Transaction& transaction, const Context& ctx) const {
  const std::size_t service = settings->services.of(ctx).position(ctx.sender());
  if (!transaction.missing.has(service)) return false;
  transaction.missing.remove(service);
  return transaction.missing.is_empty();
}

}  // namespace indoubt::two_phase_commit
