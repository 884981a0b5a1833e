#include "protocols/saga/choreography/participant.hpp"

#include <optional>

namespace indoubt::saga::choreography {

/// Events come more than once and in any order. One that was acted on is only acknowledged, and one
/// that undoes an order leaves a tombstone, which a late `order_created` finds. One at which the
/// handler throws leaves nothing, and comes again.
void Participant::on(const Deliver& event, Context& ctx) {
  const bool is_new = event.topic == EventType::order_created;
  if (is_poison(is_new ? Command::step : Command::compensate, ctx)) return;
  Branch& branch = branches[ctx.order()];
  if (is_new && branch.phase == Phase::unknown) return do_step(event, branch, ctx);
  const bool can_be_undone = branch.phase == Phase::unknown || branch.phase == Phase::done;
  if (!is_new && can_be_undone) compensate(ctx);
  ctx.await_forces();
  ctx.answer(Consumed{event.offset});
}

/// One local transaction: the step, and the event that tells of it.
void Participant::do_step(const Deliver& event, Branch& branch, Context& ctx) {
  std::optional<kit::UnitList> units;
  if (!stock.declines(ctx) && !ctx.disk_is_full()) units = stock.pick(ctx.order());
  if (units) {
    ctx.write(*this, UnitsAssigned{*units});
  } else {
    ctx.write(*this, Refused{});
  }
  ctx.force();
  ctx.answer(Consumed{event.offset});
  branch.outbox.publish(settings->broker, settings->retry, ctx);
}

void Participant::compensate(Context& ctx) {
  ctx.write(*this, UnitsReleased{stock.units_of(ctx.order())});
  ctx.force();
}

/// Not forced: without the record the event is published once more. Appended, not written: by then
/// the event is out of the outbox.
void Participant::on(const Confirmed& ack, Context& ctx) {
  if (branches[ctx.order()].outbox.confirm(ack.topic, ctx)) ctx.append(Dispatched{ack.topic});
}

void Participant::on(const RepublishDue&, Context& ctx) {
  branches[ctx.order()].outbox.publish(settings->broker, settings->retry, ctx);
}

/// What was committed and not published is published now: nobody else knows of it.
void Participant::on(const sim::Restart&, Context& ctx) {
  branches.for_each([&](sim::OrderId order, Branch& branch) {
    Context about = ctx.about(order);
    branch.outbox.publish(settings->broker, settings->retry, about);
  });
}

void Participant::replay(const UnitsAssigned& record, sim::OrderId order) {
  branches[order].phase = Phase::done;
  branches[order].outbox.add(EventType::step_done);
  stock.assign(order, record.units);
}

void Participant::replay(const Refused&, sim::OrderId order) {
  branches[order].phase = Phase::failed;
  branches[order].outbox.add(EventType::step_failed);
}

void Participant::replay(const UnitsReleased& record, sim::OrderId order) {
  branches[order].phase = Phase::compensated;
  stock.release(order, record.units);
}

}  // namespace indoubt::saga::choreography
