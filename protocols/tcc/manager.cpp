#include "protocols/tcc/manager.hpp"

namespace indoubt::tcc {

void Manager::on(const Begin&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  switch (transaction.phase) {
    case Phase::unknown: return open(ctx);
    case Phase::open: ctx.await_forces(); return ctx.answer(Began{});
    case Phase::submitted:
    case Phase::aborting:
    case Phase::succeeded:
    case Phase::failed: return answer_outcome(transaction, ctx);
  }
}

void Manager::open(Context& ctx) {
  ctx.write(*this, GlobalBegun{});
  ctx.force();
  ctx.answer(Began{});
  ctx.arm<GlobalTimeout>(settings->global_timeout);
}

/// Durable before the service is tried, or a crash here would leave something frozen of which
/// nobody knows. A transaction that is closed takes no more branches: they would not be told.
void Manager::on(const Register& registration, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::open) return answer_outcome(transaction, ctx);
  add_branch(transaction, registration.branch, ctx);
}

void Manager::add_branch(const Transaction& transaction, std::uint64_t branch, Context& ctx) {
  if (!transaction.branches.has(static_cast<std::size_t>(branch))) {
    ctx.write(*this, BranchRegistered{branch});
    ctx.force();
  }
  ctx.await_forces();
  ctx.answer(Registered{branch});
}

/// The commit point is the force. Only an open transaction can be closed, and only once: the first
/// of a submit, an abort and the timeout decides.
void Manager::on(const Submit&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::open) return answer_outcome(transaction, ctx);
  ctx.cancel<GlobalTimeout>();
  ctx.write(*this, SubmitDecision{});
  ctx.force();
  ctx.answer(Submitted{});
  tell_branches(transaction, ctx);
}

/// An order that is not known is aborted, too: its begin may still be under way.
void Manager::on(const Abort&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  const bool is_closed = transaction.phase != Phase::open && transaction.phase != Phase::unknown;
  if (is_closed) return answer_outcome(transaction, ctx);
  abort(ctx);
  ctx.answer(Aborted{});
  tell_branches(transaction, ctx);
}

/// The initiator may have crashed, be slow, or wait for an answer that was lost.
void Manager::on(const GlobalTimeout&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::open) return;
  abort(ctx);
  tell_branches(transaction, ctx);
}

/// Durable before the first cancel: what is cancelled must not be submitted after a crash.
void Manager::abort(Context& ctx) {
  ctx.cancel<GlobalTimeout>();
  ctx.write(*this, AbortDecision{});
  ctx.force();
}

void Manager::close(Transaction& transaction, Phase phase) const {
  transaction.phase = phase;
  transaction.missing = transaction.branches;
}

void Manager::answer_outcome(const Transaction& transaction, Context& ctx) const {
  ctx.await_forces();
  switch (transaction.phase) {
    case Phase::submitted:
    case Phase::succeeded: return ctx.answer(Submitted{});
    case Phase::aborting:
    case Phase::failed: return ctx.answer(Aborted{});
    case Phase::unknown:
    case Phase::open: return;  // There is none.
  }
}

/// For as long as it takes: a branch that was tried can always be confirmed, and one that was not
/// can always be cancelled.
void Manager::tell_branches(Transaction& transaction, Context& ctx) {
  if (transaction.missing.is_empty()) return end(ctx);
  settings->services.of(ctx).for_each(transaction.missing, [&](sim::NodeId service) {
    if (transaction.phase == Phase::submitted) {
      ctx.send(service, Confirm{});
    } else {
      ctx.send(service, Cancel{});
    }
  });
  ctx.arm<ResendDue>(settings->retry.after(transaction.attempts++));
}

void Manager::on(const ResendDue&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  const bool is_telling =
      transaction.phase == Phase::submitted || transaction.phase == Phase::aborting;
  if (is_telling) tell_branches(transaction, ctx);
}

void Manager::on(const Confirmed&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase == Phase::submitted && completes(transaction, ctx)) end(ctx);
}

void Manager::on(const Cancelled&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase == Phase::aborting && completes(transaction, ctx)) end(ctx);
}

void Manager::end(Context& ctx) {
  ctx.cancel<ResendDue>();
  ctx.write(*this, End{});  // Not forced: without it the branches are told once more, and answer.
}

/// An open transaction has its whole time again: its initiator may still be at work.
void Manager::on(const sim::Restart&, Context& ctx) {
  transactions.for_each([&](sim::OrderId order, Transaction& transaction) {
    Context about = ctx.about(order);
    if (transaction.phase == Phase::open) about.arm<GlobalTimeout>(settings->global_timeout);
    on(ResendDue{}, about);
  });
}

void Manager::replay(const GlobalBegun&, sim::OrderId order) {
  transactions[order].phase = Phase::open;
}

void Manager::replay(const BranchRegistered& record, sim::OrderId order) {
  transactions[order].branches.add(static_cast<std::size_t>(record.branch));
}

void Manager::replay(const SubmitDecision&, sim::OrderId order) {
  close(transactions[order], Phase::submitted);
}

void Manager::replay(const AbortDecision&, sim::OrderId order) {
  close(transactions[order], Phase::aborting);
}

void Manager::replay(const End&, sim::OrderId order) {
  Transaction& transaction = transactions[order];
  transaction.phase = transaction.phase == Phase::submitted ? Phase::succeeded : Phase::failed;
}

void Manager::lose_memory() {
  transactions.lose_memory([](Transaction& transaction) {
    transaction = {.phase = transaction.phase, .branches = transaction.branches};
  });
}

bool Manager::completes(Transaction& transaction, const Context& ctx) const {
  const std::size_t service = settings->services.of(ctx).position(ctx.sender());
  if (!transaction.missing.has(service)) return false;
  transaction.missing.remove(service);
  return transaction.missing.is_empty();
}

}  // namespace indoubt::tcc
