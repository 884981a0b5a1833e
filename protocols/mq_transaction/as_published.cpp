#include "protocols/mq_transaction/as_published.hpp"

namespace indoubt::mq_transaction::as_published {

void Producer::on(const kit::PlaceOrder&, Context& ctx) {
  if (orders[ctx.order()].phase != Phase::unknown) return;
  ctx.send(settings->broker, Begin{});
  for (const sim::NodeId service : settings->services.of(ctx)) {
    ctx.send(settings->broker, Publish{settings->queue_of(service)});
  }
  ctx.write(*this, OrderPlaced{});
  ctx.force();
  ctx.reply(kit::Placed{});
}

}  // namespace indoubt::mq_transaction::as_published
