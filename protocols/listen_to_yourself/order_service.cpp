#include "protocols/listen_to_yourself/order_service.hpp"

namespace indoubt::listen_to_yourself {

/// The last chance to say no: what is published cannot be taken back.
void OrderService::on(const kit::PlaceOrder&, Context& ctx) {
  Order& order = orders[ctx.order()];
  if (order.is_asked || order.is_noted) return answer_again(order, ctx);
  order.is_asked = true;
  order.under_way.add(Event::order_placed);
  order.under_way.publish(settings->broker, settings->retry, ctx);
}

/// There is an order if the database has it, or if the broker has the event: then it is no longer
/// under way.
void OrderService::answer_again(const Order& order, Context& ctx) const {
  const bool is_placed = order.is_noted || order.under_way.is_empty();
  kit::answer_again(is_placed ? std::optional{sim::Outcome::commit} : std::nullopt, ctx);
}

/// The broker has it on disk, so there is an order. Before that there may be none: this node could
/// crash, and it has nothing from which it would know.
void OrderService::on(const Confirmed& ack, Context& ctx) {
  if (!orders[ctx.order()].under_way.confirm(ack.topic, ctx)) return;
  ctx.reply(kit::Placed{});
}

/// The same event: the broker may have stored it already.
void OrderService::on(const RepublishDue&, Context& ctx) {
  orders[ctx.order()].under_way.publish(settings->broker, settings->retry, ctx);
}

/// Its own event. It is acknowledged when the database has the order, or had it before.
void OrderService::on(const Deliver& event, Context& ctx) {
  if (!orders[ctx.order()].is_noted) {
    ctx.write(*this, OrderNoted{});
    ctx.force();
  }
  ctx.await_forces();
  ctx.answer(Consumed{event.offset});
}

}  // namespace indoubt::listen_to_yourself
