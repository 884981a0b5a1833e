#include "protocols/saga/participant.hpp"

#include <optional>

namespace indoubt::saga {

/// A repetition finds what the first one did. One that comes after the compensation must not do
/// anything: nobody would undo it.
void Participant::on(const Step&, Context& ctx) {
  switch (phases[ctx.order()]) {
    case Phase::unknown: return do_step(ctx);
    case Phase::done:
    case Phase::completed: return report(StepDone{}, ctx);
    case Phase::failed:
    case Phase::compensated: return report(StepFailed{}, ctx);
  }
}

/// Nothing is held: the units are the order's at once, for everybody to see, though it may come to
/// nothing yet.
void Participant::do_step(Context& ctx) {
  std::optional<kit::UnitList> units;
  if (!stock.declines(ctx) && !ctx.disk_is_full()) units = stock.pick(ctx.order());
  if (!units) return refuse(ctx);
  ctx.write(*this, UnitsAssigned{*units});
  ctx.force();  // The next step is taken, or the client told, on the strength of it.
  report(StepDone{}, ctx);
}

/// A definite failure is not compensated, so it must stay one: a late copy of the step finds it
/// after a crash, too.
void Participant::refuse(Context& ctx) {
  ctx.write(*this, Refused{});
  ctx.force();
  report(StepFailed{}, ctx);
}

/// Right for a step that was done, has failed, was undone already, or is yet to come. Durable
/// before the orchestrator stops asking for it.
void Participant::on(const Compensate&, Context& ctx) {
  switch (phases[ctx.order()]) {
    case Phase::unknown:
    case Phase::done: compensate(ctx); break;
    case Phase::failed:
    case Phase::compensated: break;
    case Phase::completed: return;  // Nothing is undone after the pivot, and nothing could.
  }
  report(Compensated{}, ctx);
}

/// The record is a tombstone, also where nothing was done yet.
void Participant::compensate(Context& ctx) {
  ctx.write(*this, UnitsReleased{stock.units_of(ctx.order())});
  ctx.force();
}

void Participant::on(const Complete&, Context& ctx) {
  if (phases[ctx.order()] == Phase::done) complete(ctx);
  report(Completed{}, ctx);
}

void Participant::complete(Context& ctx) {
  ctx.write(*this, StepCompleted{});
  ctx.force();  // Once acknowledged, nobody will tell it again.
}

void Participant::replay(const UnitsAssigned& record, sim::OrderId order) {
  phases[order] = Phase::done;
  stock.assign(order, record.units);
}

void Participant::replay(const Refused&, sim::OrderId order) { phases[order] = Phase::failed; }

void Participant::replay(const UnitsReleased& record, sim::OrderId order) {
  phases[order] = Phase::compensated;
  stock.release(order, record.units);
}

void Participant::replay(const StepCompleted&, sim::OrderId order) {
  phases[order] = Phase::completed;
}

}  // namespace indoubt::saga
