#include "protocols/mq_transaction/mutants.hpp"

namespace indoubt::mq_transaction::mutants {

void SendsOutside::send_and_commit(Context& ctx) const {
  for (const sim::NodeId service : settings->services.of(ctx)) {
    ctx.send(settings->broker, Publish{settings->queue_of(service)});
  }
  ctx.send(settings->broker, Commit{0});
}

void DatabaseFirst::on(const kit::PlaceOrder&, Context& ctx) {
  Order& order = orders[ctx.order()];
  if (order.phase != Phase::unknown) return;
  order.phase = Phase::pending;
  ctx.append(OrderPlaced{});
  ctx.force();
  ctx.reply(kit::Placed{});
  begin(order, ctx);
}

void DatabaseFirst::on(const Committed&, Context& ctx) {
  orders[ctx.order()].phase = Phase::placed;
  ctx.cancel<RetryDue>();
}

void NoPendingOrder::on(const kit::PlaceOrder&, Context& ctx) {
  Order& order = orders[ctx.order()];
  if (order.phase != Phase::unknown) return;
  order.phase = Phase::pending;
  begin(order, ctx);
}

void ReadsUncommitted::on(const Send& message, Context& ctx) {
  MarkerBroker::on(message, ctx);
  queues.offer_stored(ctx);
}

void CheckReadsOnly::on(const CheckBack&, Context& ctx) {
  end(orders[ctx.order()].phase == Phase::placed, ctx);
}

void RunsWithoutHalf::on(const kit::PlaceOrder&, Context& ctx) {
  Order& order = orders[ctx.order()];
  if (order.phase != Phase::unknown) return;
  order.phase = Phase::announcing;
  ctx.send(settings->broker, Half{});
  HalfMessageProducer::on(HalfStored{}, ctx);
}

void HalfIsVisible::on(const Half& half, Context& ctx) {
  const bool is_new = rows[ctx.order()].phase == Phase::none;
  HalfMessageBroker::on(half, ctx);
  if (is_new) make_visible(ctx);
}

}  // namespace indoubt::mq_transaction::mutants
