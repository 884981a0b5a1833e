#include "protocols/mq_transaction/as_published.hpp"

namespace indoubt::mq_transaction::as_published {

void Producer::on(const kit::PlaceOrder&, Context& ctx) {
  Order& order = orders[ctx.order()];
  if (order.phase != Phase::unknown) return;
  order.phase = Phase::placed;
  ctx.send(settings->broker, Begin{});
  for (std::size_t i = 0; i < settings->services.count; ++i) {
    ctx.send(settings->broker, Publish{queue_of(i)});
  }
  ctx.append(OrderPlaced{});
  ctx.force();
  ctx.reply(kit::Placed{});
}

}  // namespace indoubt::mq_transaction::as_published
