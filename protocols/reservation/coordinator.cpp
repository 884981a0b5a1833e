#include "protocols/reservation/coordinator.hpp"

#include <algorithm>

namespace indoubt::reservation {

/// The order is durable before anybody can hold anything for it: after a crash the coordinator must
/// know what to give back. The countdown starts before any hold does, so it ends before any hold.
void Coordinator::on(const kit::PlaceOrder&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::unknown) return kit::answer_again(outcome_of(transaction), ctx);
  ctx.write(*this, Reserving{});
  transaction.missing = settings->services.of(ctx).all();
  transaction.deadline = ctx.now() + settings->assign_window;
  ctx.force();
  for (const sim::NodeId service : settings->services.of(ctx)) ctx.send(service, Reserve{});
  ctx.arm<CallTimeout>(settings->call_timeout);
  ctx.arm<DeadlineDue>(settings->assign_window);
}

std::optional<sim::Outcome> Coordinator::outcome_of(const Transaction& transaction) const {
  switch (transaction.phase) {
    case Phase::unknown:
    case Phase::reserving:
    case Phase::assigning: return std::nullopt;
    case Phase::placed:
    case Phase::told_placed: return sim::Outcome::commit;
    case Phase::releasing:
    case Phase::released: return sim::Outcome::abort;
  }
  return std::nullopt;
}

void Coordinator::on(const Reserved& reserved, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::reserving) return;
  const std::size_t service = settings->services.of(ctx).position(ctx.sender());
  transaction.generations[service] = static_cast<std::uint32_t>(reserved.generation);
  if (completes(transaction, ctx)) assign(transaction, ctx);
}

void Coordinator::on(const None&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase == Phase::reserving) release(transaction, ctx);
}

/// A silent service may hold units or not; a release is right in both cases.
void Coordinator::on(const CallTimeout&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase == Phase::reserving) release(transaction, ctx);
}

/// Durable before the first assign, so that after a crash the order can be completed instead of
/// undone. Not yet a decision: a hold may still run out.
void Coordinator::assign(Transaction& transaction, Context& ctx) {
  ctx.cancel<CallTimeout>();
  ctx.write(*this,
            Assigning{transaction.deadline.time_since_epoch().count(), transaction.generations});
  ctx.force();
  tell_assign(transaction, ctx);
}

void Coordinator::tell_assign(Transaction& transaction, Context& ctx) {
  settings->services.of(ctx).for_each(transaction.missing, [&](sim::NodeId service) {
    ctx.send(service, Assign{transaction.generations[settings->services.of(ctx).position(service)],
                             ctx.now().time_since_epoch().count()});
  });
  ctx.arm<ResendDue>(settings->retry.after(transaction.attempts++));
}

void Coordinator::on(const Assigned&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase == Phase::assigning && completes(transaction, ctx)) place(ctx);
}

/// The commit point is the force: before it the order can be released, after it nothing can undo
/// it, because the client may have been told.
void Coordinator::place(Context& ctx) {
  ctx.cancel<DeadlineDue>();
  ctx.cancel<ResendDue>();
  ctx.write(*this, PlacedDecision{});
  ctx.force();
  tell_placed(ctx);
}

void Coordinator::tell_placed(Context& ctx) {
  ctx.reply(kit::Placed{});
  ctx.write(*this, End{});  // Not forced: without it the client is told once more.
}

/// One hold ran out although others may be assigned by now. They must be given back, or they would
/// belong for ever to an order that was not placed.
void Coordinator::on(const Expired&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase == Phase::assigning) release(transaction, ctx);
}

/// Whoever has not answered by now may let its hold run out. The service's own check is what makes
/// that safe; to stop here only saves assignments that would have to be undone.
void Coordinator::on(const DeadlineDue&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase == Phase::reserving || transaction.phase == Phase::assigning) {
    release(transaction, ctx);
  }
}

/// As long as units are only held, and others know that they may come back. What is assigned they
/// take for gone.
void Coordinator::on(const kit::CancelOrder&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase == Phase::reserving) release(transaction, ctx);
}

/// Durable before the first release: a release that was sent must not be followed by "placed" after
/// a crash. Every service is told, also one that has nothing: a reserve may still be under way to
/// it, and must find the order over.
void Coordinator::release(Transaction& transaction, Context& ctx) {
  transaction.attempts = 0;
  ctx.cancel<CallTimeout>();
  ctx.cancel<DeadlineDue>();
  ctx.cancel<ResendDue>();
  ctx.write(*this, Releasing{});
  ctx.force();
  ctx.reply(kit::NotPlaced{});
  tell_release(transaction, ctx);
}

void Coordinator::tell_release(Transaction& transaction, Context& ctx) {
  settings->services.of(ctx).for_each(transaction.missing,
                                      [&](sim::NodeId service) { ctx.send(service, Release{}); });
  ctx.arm<ResendDue>(settings->retry.after(transaction.attempts++));
}

void Coordinator::on(const Released&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::releasing || !completes(transaction, ctx)) return;
  ctx.cancel<ResendDue>();
  ctx.write(*this,
            End{});  // Not forced: without it the releases are told once more, and acknowledged.
}

void Coordinator::on(const ResendDue&, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase == Phase::assigning) tell_assign(transaction, ctx);
  if (transaction.phase == Phase::releasing) tell_release(transaction, ctx);
}

void Coordinator::on(const sim::Restart&, Context& ctx) {
  transactions.for_each([&](sim::OrderId order, Transaction& transaction) {
    Context about = ctx.about(order);
    go_on_after_crash(transaction, about);
  });
}

/// The client may not have been told, so it is told again. Which services answered a reserve is
/// forgotten, so an order that was not yet assigning is released.
void Coordinator::go_on_after_crash(Transaction& transaction, Context& ctx) {
  switch (transaction.phase) {
    case Phase::reserving: return release(transaction, ctx);
    case Phase::assigning: return go_on_assigning(transaction, ctx);
    case Phase::placed: return tell_placed(ctx);
    case Phase::releasing: ctx.reply(kit::NotPlaced{}); break;
    case Phase::unknown:
    case Phase::told_placed:
    case Phase::released: return;
  }
  tell_release(transaction, ctx);
}

/// The countdown was lost; the deadline is all that is left of it. If the clock was set back
/// meanwhile the deadline is too far away, and no countdown is longer than a whole one.
void Coordinator::go_on_assigning(Transaction& transaction, Context& ctx) {
  const sim::Duration left = std::min(transaction.deadline - ctx.now(), settings->assign_window);
  if (left <= sim::Duration{0}) return release(transaction, ctx);
  ctx.arm<DeadlineDue>(left);
  tell_assign(transaction, ctx);
}

void Coordinator::replay(const Reserving&, sim::OrderId order) {
  transactions[order].phase = Phase::reserving;
}

void Coordinator::replay(const Assigning& record, sim::OrderId order) {
  Transaction& transaction = transactions[order];
  transaction.phase = Phase::assigning;
  transaction.missing = settings->services.of(order).all();
  transaction.deadline = sim::ClockTime{sim::Duration{record.deadline}};
  transaction.generations = record.generations;
}

void Coordinator::replay(const PlacedDecision&, sim::OrderId order) {
  transactions[order].phase = Phase::placed;
}

void Coordinator::replay(const Releasing&, sim::OrderId order) {
  Transaction& transaction = transactions[order];
  transaction.phase = Phase::releasing;
  transaction.missing = settings->services.of(order).all();
}

void Coordinator::replay(const End&, sim::OrderId order) {
  Transaction& transaction = transactions[order];
  transaction.phase = transaction.phase == Phase::placed ? Phase::told_placed : Phase::released;
}

void Coordinator::lose_memory() {
  transactions.lose_memory([](Transaction& transaction) {
    Transaction left{.phase = transaction.phase};
    if (transaction.phase == Phase::assigning) {
      left.deadline = transaction.deadline;
      left.generations = transaction.generations;
    }
    transaction = left;
  });
}

bool Coordinator::completes(Transaction& transaction, const Context& ctx) const {
  const std::size_t service = settings->services.of(ctx).position(ctx.sender());
  if (!transaction.missing.has(service)) return false;
  transaction.missing.remove(service);
  return transaction.missing.is_empty();
}

}  // namespace indoubt::reservation
