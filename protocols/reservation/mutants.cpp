#include "protocols/reservation/mutants.hpp"

namespace indoubt::reservation::mutants {

void AnonymousHold::on(const Assign&, Context& ctx) {
  if (holding.empty()) return ctx.answer(Expired{});
  const kit::Hold hold = stock.hold_of(holding.front());
  holding.erase(holding.begin());
  phases[ctx.order()] = Phase::assigned;
  stock.assign(ctx.order(), hold.units);
  ctx.append(UnitsAssigned{hold.units, hold.generation});
  ctx.force();
  ctx.answer(Assigned{});
}

void ExpiryNotChecked::on(const Assign& message, Context& ctx) {
  const bool is_own = phases[ctx.order()] == Phase::held &&
                      stock.hold_of(ctx.order()).generation == message.generation;
  if (is_own) return assign(ctx);
  Participant::on(message, ctx);
}

/// The sweep itself is about no order; what it arms for later is about the one to free.
void BlindSweeper::on(const SweepDue&, Context& ctx) {
  if (ctx.order() != sim::no_order) return free_read(ctx);
  for (const sim::OrderId order : holding) {
    const kit::Hold hold = stock.hold_of(order);
    if (hold.expiry() > ctx.now()) continue;
    read.push_back({order, hold.units, hold.generation});
    ctx.about(order).arm<SweepDue>(settings->sweep);
  }
  if (!holding.empty()) arm_sweeper(ctx);
}

void BlindSweeper::free_read(Context& ctx) {
  std::erase_if(read, [&](const Row& row) {
    if (row.order != ctx.order()) return false;
    ctx.write(*this, HoldExpired{row.units, row.generation});
    return true;
  });
  ctx.force();
}

void CoordinatorJudgesExpiry::on(const Assign& message, Context& ctx) {
  if (phases[ctx.order()] != Phase::held) return Participant::on(message, ctx);
  const kit::Hold hold = stock.hold_of(ctx.order());
  const bool is_live = hold.generation == message.generation && hold.expires > message.sent_at;
  if (!is_live) return ctx.answer(Expired{});
  assign(ctx);
}

void NoTombstone::on(const Reserve& message, Context& ctx) {
  if (phases[ctx.order()] != Phase::held) return reserve(ctx);
  Participant::on(message, ctx);
}

void NoUnassign::give_up(Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  if (transaction.phase == Phase::reserving) return release(transaction, ctx);
  if (transaction.phase != Phase::assigning) return;
  ctx.cancel<DeadlineDue>();
  ctx.cancel<ResendDue>();
  ctx.write(*this, End{});
  ctx.force();
  ctx.reply(kit::NotPlaced{});
}

void ReleasesTwice::on(const Release&, Context& ctx) {
  const kit::UnitList units = stock.units_of(ctx.order());
  release(ctx);
  stock.taken[ctx.order()] = units;
  ctx.answer(Released{});
}

void ReserveRenews::on(const Reserve& message, Context& ctx) {
  const Phase phase = phases[ctx.order()];
  if (phase != Phase::held && phase != Phase::assigned) return Participant::on(message, ctx);
  kit::Hold hold = stock.hold_of(ctx.order());
  hold.expires = (ctx.now() + settings->ttl).time_since_epoch().count();
  forget_hold(ctx.order());
  ctx.write(*this, UnitsHeld{hold});
  arm_sweeper(ctx);
  ctx.force();
  answer_reserved(ctx);
}

void AssignedBeforeForce::on(const Assign& message, Context& ctx) {
  if (has_live_hold(message.generation, ctx)) ctx.answer(Assigned{});
  Participant::on(message, ctx);
}

void PlacedBeforeForce::on(const Assigned& message, Context& ctx) {
  Transaction& transaction = transactions[ctx.order()];
  const bool was_assigning = transaction.phase == Phase::assigning;
  const std::size_t service = settings->services.of(ctx).position(ctx.sender());
  const bool is_last = transaction.missing.count() == 1 && transaction.missing.has(service);
  if (was_assigning && is_last) ctx.reply(kit::Placed{});
  Coordinator::on(message, ctx);
}

}  // namespace indoubt::reservation::mutants
