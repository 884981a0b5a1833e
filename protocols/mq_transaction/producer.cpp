#include "protocols/mq_transaction/producer.hpp"

namespace indoubt::mq_transaction {

/// The pending row comes before the first frame. Without it a crash after the broker's commit would
/// leave messages of an order that nobody knows.
void Producer::on(const kit::PlaceOrder&, Context& ctx) {
  Order& order = orders[ctx.order()];
  if (order.phase == Phase::pending) return kit::answer_again({}, ctx);
  if (order.phase == Phase::placed) return kit::answer_again(sim::Outcome::commit, ctx);
  ctx.write(*this, OrderPending{});
  ctx.force();
  begin(order, ctx);
}

void Producer::begin(Order& order, Context& ctx) const {
  order.is_begun = false;
  ctx.send(settings->broker, Begin{});
  await_answer(order, ctx);
}

void Producer::on(const Begun&, Context& ctx) {
  Order& order = orders[ctx.order()];
  if (order.phase != Phase::pending || order.is_begun) return;
  order.is_begun = true;
  order.attempts = 0;
  send_and_commit(ctx);
  await_answer(order, ctx);
}

void Producer::send_and_commit(Context& ctx) const {
  const kit::NodeList& services = settings->services.of(ctx);
  for (const sim::NodeId service : services) {
    ctx.send(settings->broker, Send{settings->queue_of(service)});
  }
  ctx.send(settings->broker, Commit{services.count});
}

/// The order is placed after its messages are, never before: nothing is left to be lost. A client
/// whose connection is lost in a crash is told all the same.
void Producer::on(const Committed&, Context& ctx) {
  Order& order = orders[ctx.order()];
  if (order.phase != Phase::pending) return;
  ctx.cancel<RetryDue>();
  ctx.write(*this, OrderPlaced{});
  ctx.force();
  ctx.reply(kit::Placed{});
}

/// The broker has lost the transaction, in a crash or because it took too long. No message of it
/// was seen, so it begins anew.
void Producer::on(const RolledBack&, Context& ctx) {
  Order& order = orders[ctx.order()];
  if (order.phase == Phase::pending) begin(order, ctx);
}

/// Whether a frame or its answer was lost cannot be known, and need not be. An order can be placed
/// by now: with group commit a timer is armed later than it is asked for, and so after its end.
void Producer::on(const RetryDue&, Context& ctx) {
  Order& order = orders[ctx.order()];
  if (order.phase != Phase::pending) return;
  if (!order.is_begun) return begin(order, ctx);
  send_and_commit(ctx);
  await_answer(order, ctx);
}

void Producer::await_answer(Order& order, Context& ctx) const {
  ctx.arm<RetryDue>(settings->retry.after(order.attempts++));
}

/// An order that is pending may have been committed by the broker. To begin its transaction once
/// more asks that, too.
void Producer::on(const sim::Restart&, Context& ctx) {
  orders.for_each([&](sim::OrderId order, Order& row) {
    if (row.phase != Phase::pending) return;
    Context about = ctx.about(order);
    begin(row, about);
  });
}

}  // namespace indoubt::mq_transaction
