#include "protocols/reservation/participant.hpp"

#include <algorithm>
#include <optional>

namespace indoubt::reservation {

/// The same order gets the same hold however often it asks, and nothing once it is over here: a
/// late copy must not take units for which nobody is responsible.
void Participant::on(const Reserve&, Context& ctx) {
  switch (phases[ctx.order()]) {
    case Phase::unknown: return reserve(ctx);
    case Phase::held: return answer_reserved(ctx);
    case Phase::assigned: return;  // A late copy; the coordinator has its answer.
    case Phase::expired:
    case Phase::refused:
    case Phase::released: ctx.await_forces(); return ctx.answer(None{});
  }
}

/// A hold is promised until it expires, so it is durable before it is told. It may take units whose
/// holds have run out, whether the sweeper has freed them or not.
void Participant::reserve(Context& ctx) {
  expire_due(ctx);
  std::optional<kit::UnitList> units;
  if (!stock.declines(ctx) && !ctx.disk_is_full()) units = stock.pick(ctx.order());
  if (!units) {
    ctx.write(*this, Refused{});
    ctx.force();  // A late copy must find it, too.
    return ctx.answer(None{});
  }
  const kit::Hold hold = stock.next_hold(*units, ctx.now() + settings->ttl);
  ctx.write(*this, UnitsHeld{hold});
  if (holding.size() == 1) arm_sweeper(ctx);
  ctx.force();
  answer_reserved(ctx);
}

void Participant::answer_reserved(Context& ctx) const {
  const kit::Hold hold = stock.hold_of(ctx.order());
  ctx.await_forces();
  ctx.answer(Reserved{hold.generation, hold.expires});
}

/// Asked again, it says the same again, also when the hold would have run out by now: an assigned
/// unit does not expire.
void Participant::on(const Assign& message, Context& ctx) {
  ctx.await_forces();
  if (phases[ctx.order()] == Phase::assigned) return ctx.answer(Assigned{});
  if (!has_live_hold(message.generation, ctx)) return ctx.answer(Expired{});
  assign(ctx);
}

/// Judged by this clock only, at the instant at which the assignment is written.
bool Participant::has_live_hold(std::uint64_t generation, const Context& ctx) const {
  if (phases.at(ctx.order()) != Phase::held) return false;
  const kit::Hold hold = stock.hold_of(ctx.order());
  return hold.generation == generation && hold.expiry() > ctx.now();
}

template <typename Record>
void Participant::end_hold(const Record& record, Context& ctx) {
  const bool had_holds = !holding.empty();
  ctx.write(*this, record);
  if (had_holds && holding.empty()) ctx.about(sim::no_order).cancel<SweepDue>();
}

void Participant::assign(Context& ctx) {
  const kit::Hold hold = stock.hold_of(ctx.order());
  end_hold(UnitsAssigned{hold.units, hold.generation}, ctx);
  ctx.force();  // Once everybody has said so, the client is told, and that is for ever.
  ctx.answer(Assigned{});
}

/// Right for an order that is held, assigned, over or never heard of. The record stays as a
/// tombstone, and is durable before the coordinator stops asking for it.
void Participant::on(const Release&, Context& ctx) {
  if (phases[ctx.order()] != Phase::released) release(ctx);
  ctx.await_forces();
  ctx.answer(Released{});
}

void Participant::release(Context& ctx) {
  end_hold(UnitsReleased{stock.units_of(ctx.order())}, ctx);
  ctx.force();
}

void Participant::on(const SweepDue&, Context& ctx) {
  const bool has_expired = expire_due(ctx);
  if (!holding.empty()) arm_sweeper(ctx);
  if (has_expired) ctx.force();  // What was free once is not held again after a crash.
}

/// Each hold is looked at again before it is freed, so one that was assigned or released meanwhile
/// is left alone. Freeing a hold takes it off the list, so the index stays as it is.
bool Participant::expire_due(Context& ctx) {
  const std::size_t before = holding.size();
  for (std::size_t i = 0; i < holding.size();) {
    const sim::OrderId order = holding[i];
    const kit::Hold hold = stock.hold_of(order);
    if (hold.expiry() > ctx.now()) {
      ++i;
    } else {
      ctx.about(order).write(*this, HoldExpired{hold.units, hold.generation});
    }
  }
  return holding.size() != before;
}

/// For the earliest expiry, but not sooner than `sweep` from now: so a hold is freed at most that
/// much late, and holds that run out together are freed together. After the clock was set back the
/// earliest expiry may be far away; holds to come will be due before that, so it waits for no
/// longer than one of them lives.
void Participant::arm_sweeper(Context& ctx) const {
  sim::ClockTime earliest = ctx.now() + settings->ttl;
  for (const sim::OrderId order : holding) {
    earliest = std::min(earliest, stock.hold_of(order).expiry());
  }
  ctx.about(sim::no_order).arm<SweepDue>(std::max(earliest - ctx.now(), settings->sweep));
}

/// What ran out while the service was down is free before anybody is served.
void Participant::on(const sim::Restart&, Context& ctx) { on(SweepDue{}, ctx); }

void Participant::replay(const UnitsHeld& record, sim::OrderId order) {
  phases[order] = Phase::held;
  stock.hold(order, record.hold);
  holding.push_back(order);
}

void Participant::replay(const UnitsAssigned& record, sim::OrderId order) {
  phases[order] = Phase::assigned;
  stock.assign(order, record.units);
  forget_hold(order);
}

void Participant::replay(const HoldExpired& record, sim::OrderId order) {
  phases[order] = Phase::expired;
  stock.release(order, record.units);
  forget_hold(order);
}

void Participant::replay(const UnitsReleased& record, sim::OrderId order) {
  phases[order] = Phase::released;
  stock.release(order, record.units);
  forget_hold(order);
}

void Participant::replay(const Refused&, sim::OrderId order) { phases[order] = Phase::refused; }

}  // namespace indoubt::reservation
