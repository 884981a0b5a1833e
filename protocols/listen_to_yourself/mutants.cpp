#include "protocols/listen_to_yourself/mutants.hpp"

namespace indoubt::listen_to_yourself::mutants {

void AnswersTooEarly::on(const kit::PlaceOrder& request, Context& ctx) {
  if (orders[ctx.order()].is_asked) return;
  OrderService::on(request, ctx);
  ctx.reply(kit::Placed{});
}

void AnswersTooEarly::on(const Confirmed& ack, Context& ctx) {
  orders[ctx.order()].under_way.confirm(ack.topic, ctx);
}

void DualWrite::on(const kit::PlaceOrder& request, Context& ctx) {
  Order& order = orders[ctx.order()];
  if (order.is_asked || order.is_noted) return;
  ctx.append(OrderNoted{});
  ctx.force();
  OrderService::on(request, ctx);
  order.is_noted = true;
}

void HeardBeforeForce::on(const Deliver& event, Context& ctx) {
  ctx.answer(Consumed{event.offset});
  if (orders[ctx.order()].is_noted) return;
  ctx.write(*this, OrderNoted{});
  ctx.force();
}

void NotesEveryCopy::on(const Deliver& event, Context& ctx) {
  ctx.write(*this, OrderNoted{});
  ctx.force();
  ctx.answer(Consumed{event.offset});
}

void RefusesCopies::on(const kit::PlaceOrder& request, Context& ctx) {
  const Order& order = orders[ctx.order()];
  if (order.is_asked || order.is_noted) return ctx.reply(kit::NotPlaced{});
  OrderService::on(request, ctx);
}

void GivesUp::on(const RepublishDue&, Context& ctx) {
  Order& order = orders[ctx.order()];
  if (order.under_way.is_empty()) return;
  order.under_way = {};
  ctx.reply(kit::NotPlaced{});
}

}  // namespace indoubt::listen_to_yourself::mutants
