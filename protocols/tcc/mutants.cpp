#include "protocols/tcc/mutants.hpp"

#include "protocols/tcc/blind_rows.hpp"

namespace indoubt::tcc::mutants {

void EmptyRollbackRuns::on(const Cancel& message, Context& ctx) {
  if (fence[ctx.order()] != Fence::none) return Participant::on(message, ctx);
  ctx.write(*this, FenceCancelled{blind_rows(stock, ctx.order())});
  ctx.force();
  ctx.answer(Cancelled{});
}

void HangingTry::on(const Cancel& message, Context& ctx) {
  if (fence[ctx.order()] != Fence::none) return Participant::on(message, ctx);
  ctx.answer(Cancelled{});
}

void ConfirmNotIdempotent::on(const Confirm& message, Context& ctx) {
  const auto more = stock.pick(ctx.order());
  if (fence[ctx.order()] != Fence::confirmed || !more) return Participant::on(message, ctx);
  const kit::Hold hold = stock.next_hold(*more);
  ctx.write(*this, FenceConfirmed{hold.units, hold.generation});
  ctx.force();
  ctx.answer(Confirmed{});
}

void ConfirmFailureCancels::on(const ResendDue& due, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase != Phase::submitted) return Manager::on(due, ctx);
  settings->services.of(ctx).for_each(transaction.missing,
                                      [&](sim::NodeId service) { ctx.send(service, Cancel{}); });
  ctx.arm<ResendDue>(settings->retry.after(transaction.attempts++));
}

void ConfirmFailureCancels::on(const Cancelled& message, Context& ctx) {
  if (transactions[ctx.order()].phase != Phase::submitted) return Manager::on(message, ctx);
  Manager::on(Confirmed{}, ctx);
}

void FenceOutsideTransaction::on(const Confirm& message, Context& ctx) {
  if (fence[ctx.order()] == Fence::tried) {
    ctx.append(FenceConfirmed{{}, stock.hold_of(ctx.order()).generation});
    ctx.force();
  }
  Participant::on(message, ctx);
}

void FenceOutsideTransaction::on(const Cancel& message, Context& ctx) {
  if (fence[ctx.order()] == Fence::tried) {
    ctx.append(FenceSuspended{});
    ctx.force();
  }
  Participant::on(message, ctx);
}

void RegisterAfterClose::on(const Register& registration, Context& ctx) {
  add_branch(transactions[ctx.order()], registration.branch, ctx);
}

void SubmittedBeforeForce::on(const Submit& request, Context& ctx) {
  if (transactions[ctx.order()].phase == Phase::open) ctx.answer(Submitted{});
  Manager::on(request, ctx);
}

void ConfirmedBeforeForce::on(const Confirm& message, Context& ctx) {
  if (fence[ctx.order()] == Fence::tried) ctx.answer(Confirmed{});
  Participant::on(message, ctx);
}

void SubmitReopens::on(const Submit& request, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  const bool is_aborted =
      transaction.phase == Phase::aborting || transaction.phase == Phase::failed;
  if (is_aborted) transaction.phase = Phase::open;
  Manager::on(request, ctx);
}

void TriesBeforeRegistered::on(const Began& began, Context& ctx) {
  if (requests[ctx.order()].phase != Phase::beginning) return;
  Initiator::on(began, ctx);
  for (const sim::NodeId service : settings->services.of(ctx)) ctx.send(service, Try{});
}

}  // namespace indoubt::tcc::mutants
