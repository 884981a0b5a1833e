#include "protocols/mq_transaction/as_published.hpp"

namespace indoubt::mq_transaction::as_published {

void Producer::on(const kit::PlaceOrder&, Context& ctx) {
  if (orders[ctx.order()].phase != Phase::unknown) return;
  ctx.send(settings->broker, Begin{});
  for (std::size_t i = 0; i < settings->services.count; ++i) {
    ctx.send(settings->broker, Publish{queue_of(i)});
  }
  ctx.write(*this, OrderPlaced{});
  ctx.force();
  ctx.reply(kit::Placed{});
}

}  // namespace indoubt::mq_transaction::as_published
