#include "protocols/mq_transaction/half_message_producer.hpp"

#include "protocols/kit/job/busy_time.hpp"

namespace indoubt::mq_transaction {

/// Nothing is written: if a crash takes it, the broker checks back and is told to reject.
void HalfMessageProducer::on(const kit::PlaceOrder&, Context& ctx) {
  Order& order = orders[ctx.order()];
  if (order.phase != Phase::unknown) return kit::answer_again(outcome_of(order), ctx);
  order.phase = Phase::announcing;
  announce(order, ctx);
}

std::optional<sim::Outcome> HalfMessageProducer::outcome_of(const Order& order) const {
  if (is_undecided(order)) return std::nullopt;
  return sim::outcome_of(order.phase == Phase::placed);
}

void HalfMessageProducer::announce(Order& order, Context& ctx) const {
  ctx.send(settings->broker, Half{});
  ctx.arm<RetryDue>(settings->retry.after(order.attempts++));
}

void HalfMessageProducer::on(const RetryDue&, Context& ctx) {
  Order& order = orders[ctx.order()];
  if (order.phase == Phase::announcing) announce(order, ctx);
}

/// Not before: a local transaction whose half message is lost would commit, and nobody would hear.
void HalfMessageProducer::on(const HalfStored&, Context& ctx) {
  Order& order = orders[ctx.order()];
  if (order.phase != Phase::announcing) return;
  order.phase = Phase::open;
  ctx.cancel<RetryDue>();
  ctx.arm<CommitDue>(kit::busy_time(settings->transaction, ctx));
}

/// Inserts the order's row. If a check has inserted it before, the key is taken, and the local
/// transaction fails. That the message is to be seen is said once; should that be lost, the broker
/// asks.
void HalfMessageProducer::on(const CommitDue&, Context& ctx) {
  Order& order = orders[ctx.order()];
  if (order.phase != Phase::open) return;
  ctx.write(*this, OrderPlaced{});
  ctx.force();
  ctx.reply(kit::Placed{});
  end(true, ctx);
}

/// If there is no row yet, the check inserts it. To look and find nothing would not be enough: the
/// local transaction might still commit after that.
void HalfMessageProducer::on(const CheckBack&, Context& ctx) {
  Order& order = orders[ctx.order()];
  if (order.phase != Phase::placed && order.phase != Phase::rejected) reject(ctx);
  end(order.phase == Phase::placed, ctx);
}

void HalfMessageProducer::reject(Context& ctx) {
  ctx.cancel<RetryDue>();
  ctx.write(*this, OrderRejected{});
  ctx.force();
  ctx.reply(kit::NotPlaced{});
}

/// As long as the local transaction has not committed it can be rolled back.
void HalfMessageProducer::on(const kit::CancelOrder&, Context& ctx) {
  if (!is_undecided(orders[ctx.order()])) return;
  reject(ctx);
  end(false, ctx);
}

}  // namespace indoubt::mq_transaction
