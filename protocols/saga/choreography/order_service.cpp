#include "protocols/saga/choreography/order_service.hpp"

namespace indoubt::saga::choreography {

void OrderService::on(const kit::PlaceOrder&, Context& ctx) {
  Order& order = orders[ctx.order()];
  if (order.phase != Phase::unknown) return kit::answer_again(outcome_of(order), ctx);
  ctx.write(*this, OrderCreated{});
  ctx.force();
  order.outbox.publish(settings->broker, settings->retry, ctx);
  ctx.arm<DeadlineDue>(settings->deadline);
}

std::optional<sim::Outcome> OrderService::outcome_of(const Order& order) const {
  switch (order.phase) {
    case Phase::unknown:
    case Phase::pending: return std::nullopt;
    case Phase::placed:
    case Phase::told_placed: return sim::Outcome::commit;
    case Phase::not_placed:
    case Phase::told_not_placed: return sim::Outcome::abort;
  }
  return std::nullopt;
}

/// The deadline is now.
void OrderService::on(const kit::CancelOrder&, Context& ctx) {
  if (orders[ctx.order()].phase != Phase::pending) return;
  ctx.cancel<DeadlineDue>();
  on(DeadlineDue{}, ctx);
}

/// An event is acknowledged when what it called for is durable, or was done before.
void OrderService::on(const Deliver& event, Context& ctx) {
  Order& order = orders[ctx.order()];
  const sim::NodeId publisher{static_cast<std::uint16_t>(event.publisher)};
  if (order.phase == Phase::pending) {
    if (event.topic == EventType::step_done) {
      note_step(order, settings->services.of(ctx).position(publisher), ctx);
    }
    if (event.topic == EventType::step_failed) reject(order, ctx);
  }
  ctx.await_forces();
  ctx.answer(Consumed{event.offset});
}

/// The last step is the pivot, whichever it is: the force is the point of no return.
void OrderService::note_step(const Order& order, std::size_t service, Context& ctx) {
  if (!order.missing.has(service)) return;
  const bool is_last = order.missing.count() == 1;
  if (!is_last) {
    ctx.write(*this, StepNoted{service});
    ctx.force();
    return;
  }
  ctx.cancel<DeadlineDue>();
  ctx.write(*this, OrderPlaced{});
  ctx.force();
  tell_client(order, ctx);
}

/// Nobody needs to be told: the failure is an event, which the services that did their steps see.
void OrderService::reject(const Order& order, Context& ctx) {
  ctx.cancel<DeadlineDue>();
  ctx.write(*this, OrderRejected{});
  ctx.force();
  tell_client(order, ctx);
}

/// Some step is unknown. The event makes all services undo theirs, or never do them.
void OrderService::on(const DeadlineDue&, Context& ctx) {
  Order& order = orders[ctx.order()];
  if (order.phase != Phase::pending) return;
  ctx.write(*this, OrderTimedOut{});
  ctx.force();
  tell_client(order, ctx);
  order.outbox.publish(settings->broker, settings->retry, ctx);
}

/// The record is not forced: without it the client is told once more. With group commit a crash may
/// keep the record and lose the reply; then the client is not told.
void OrderService::tell_client(const Order& order, Context& ctx) {
  if (order.phase == Phase::placed) {
    ctx.reply(kit::Placed{});
  } else {
    ctx.reply(kit::NotPlaced{});
  }
  ctx.write(*this, End{});
}

/// Not forced: without the record the event is published once more. Appended, not written: by then
/// the event is out of the outbox.
void OrderService::on(const Confirmed& ack, Context& ctx) {
  if (orders[ctx.order()].outbox.confirm(ack.topic, ctx)) ctx.append(Dispatched{ack.topic});
}

void OrderService::on(const RepublishDue&, Context& ctx) {
  orders[ctx.order()].outbox.publish(settings->broker, settings->retry, ctx);
}

void OrderService::on(const sim::Restart&, Context& ctx) {
  orders.for_each([&](sim::OrderId order, Order& row) {
    Context about = ctx.about(order);
    go_on_after_crash(row, about);
  });
}

void OrderService::go_on_after_crash(Order& order, Context& ctx) {
  order.outbox.publish(settings->broker, settings->retry, ctx);
  switch (order.phase) {
    case Phase::pending: return ctx.arm<DeadlineDue>(settings->deadline);
    case Phase::placed:
    case Phase::not_placed: return tell_client(order, ctx);
    case Phase::unknown:
    case Phase::told_placed:
    case Phase::told_not_placed: return;
  }
}

void OrderService::replay(const OrderCreated&, sim::OrderId order) {
  orders[order] = {.phase = Phase::pending, .missing = settings->services.of(order).all()};
  orders[order].outbox.add(EventType::order_created);
}

void OrderService::replay(const StepNoted& record, sim::OrderId order) {
  orders[order].missing.remove(static_cast<std::size_t>(record.service));
}

void OrderService::replay(const OrderPlaced&, sim::OrderId order) {
  orders[order].phase = Phase::placed;
  orders[order].missing = {};
}

void OrderService::replay(const End&, sim::OrderId order) {
  Phase& phase = orders[order].phase;
  phase = phase == Phase::placed ? Phase::told_placed : Phase::told_not_placed;
}

void OrderService::replay(const OrderTimedOut&, sim::OrderId order) {
  orders[order].phase = Phase::not_placed;
  orders[order].outbox.add(EventType::timed_out);
}

}  // namespace indoubt::saga::choreography
