#include "protocols/tcc/participant.hpp"

#include <optional>

namespace indoubt::tcc {

/// Each order is tried once. A try that was overtaken by its own cancel finds the fence closed:
/// nobody would ever thaw what it froze.
void Participant::on(const Try&, Context& ctx) {
  switch (fence[ctx.order()]) {
    case Fence::none: return freeze(ctx);
    case Fence::tried: ctx.await_forces(); return ctx.answer(Tried{true});
    case Fence::confirmed: return;  // A late copy; the initiator has its answer.
    case Fence::refused:
    case Fence::cancelled:
    case Fence::suspended: ctx.await_forces(); return ctx.answer(Tried{false});
  }
}

/// All business checks are made here, so that a confirm cannot fail. Frozen units are promised, so
/// they are durable before that is told. A refusal promises nothing: if it is forgotten and a late
/// copy of the try freezes something after all, the cancel that must follow a refusal thaws it.
void Participant::freeze(Context& ctx) {
  std::optional<kit::UnitList> units;
  if (!stock.declines(ctx) && !ctx.disk_is_full()) units = stock.pick(ctx.order());
  if (!units) {
    ctx.write(*this, Refused{});
    return ctx.answer(Tried{false});
  }
  ctx.write(*this, FenceTried{stock.next_hold(*units)});
  ctx.force();
  ctx.answer(Tried{true});
}

/// A confirm without a try, or after a cancel, cannot come from a manager that is right. It is not
/// answered, which is a failure that somebody will look into; to succeed would hide it.
void Participant::on(const Confirm&, Context& ctx) {
  switch (fence[ctx.order()]) {
    case Fence::tried: confirm(ctx); break;
    case Fence::confirmed: break;
    case Fence::none:
    case Fence::refused:
    case Fence::cancelled:
    case Fence::suspended: return;
  }
  ctx.await_forces();
  ctx.answer(Confirmed{});
}

void Participant::confirm(Context& ctx) {
  const kit::Hold hold = stock.hold_of(ctx.order());
  ctx.write(*this, FenceConfirmed{hold.units, hold.generation});
  ctx.force();  // Once it is answered, nobody will confirm it again.
}

/// An empty rollback undoes nothing, and leaves a row so that its try, if it comes late, will not
/// hang. To cancel what is confirmed is the same conflict as above.
void Participant::on(const Cancel&, Context& ctx) {
  switch (fence[ctx.order()]) {
    case Fence::none:
    case Fence::refused: suspend(ctx); break;
    case Fence::tried: cancel(ctx); break;
    case Fence::cancelled:
    case Fence::suspended: break;
    case Fence::confirmed: return;
  }
  ctx.await_forces();
  ctx.answer(Cancelled{});
}

void Participant::cancel(Context& ctx) {
  ctx.write(*this, FenceCancelled{stock.units_of(ctx.order())});
  ctx.force();
}

void Participant::suspend(Context& ctx) {
  ctx.write(*this, FenceSuspended{});
  ctx.force();
}

void Participant::replay(const FenceTried& record, sim::OrderId order) {
  fence[order] = Fence::tried;
  stock.hold(order, record.hold);
}

void Participant::replay(const FenceConfirmed& record, sim::OrderId order) {
  fence[order] = Fence::confirmed;
  stock.assign(order, record.units);
}

void Participant::replay(const FenceCancelled& record, sim::OrderId order) {
  fence[order] = Fence::cancelled;
  stock.release(order, record.units);
}

void Participant::replay(const FenceSuspended&, sim::OrderId order) {
  fence[order] = Fence::suspended;
}

void Participant::replay(const Refused&, sim::OrderId order) { fence[order] = Fence::refused; }

}  // namespace indoubt::tcc
