#include "protocols/local_message_table/mutants.hpp"

namespace indoubt::local_message_table::mutants {

void NoLease::on(const WorkerDue& timer, Context& ctx) {
  if (table[ctx.order()].status == Status::fresh) OrderService::on(timer, ctx);
}

void NoLease::on(const sim::Restart&, Context& ctx) {
  table.for_each([&](sim::OrderId order, const Rows& rows) {
    if (rows.status == Status::fresh) ctx.about(order).arm<WorkerDue>(settings->poll);
  });
}

void DualWrite::on(const kit::PlaceOrder&, Context& ctx) {
  if (table[ctx.order()].status != Status::none) return;
  ctx.write(*this, OrderPlaced{0});
  ctx.force();
  ctx.write(*this, RowsInserted{settings->services.of(ctx).all().bits, 0});
  ctx.force();
  ctx.reply(kit::Placed{});
  ctx.arm<WorkerDue>(settings->poll);
}

void InboxFirst::on(const Deliver& message, Context& ctx) {
  if (inbox[ctx.order()] == Inbox::empty && !ctx.disk_is_full()) {
    ctx.append(InboxNoted{});
    ctx.force();
  }
  Receiver::on(message, ctx);
}

void SendsBeforeCommit::on(const kit::PlaceOrder& request, Context& ctx) {
  if (table[ctx.order()].status == Status::none) {
    for (const sim::NodeId service : settings->services.of(ctx)) ctx.send(service, Deliver{});
  }
  OrderService::on(request, ctx);
}

void DoneWhenSent::on(const WorkerDue& timer, Context& ctx) {
  OrderService::on(timer, ctx);
  Rows& rows = table[ctx.order()];
  settings->services.of(ctx).for_each(rows.undone, [&](sim::NodeId service) {
    ctx.write(*this, RowDone{settings->services.of(ctx).position(service)});
  });
  rows = {.status = Status::done};
  ctx.cancel<WorkerDue>();
}

void AckBeforeForce::on(const Deliver& message, Context& ctx) {
  if (inbox[ctx.order()] == Inbox::empty && !ctx.disk_is_full()) ctx.answer(Ack{});
  Receiver::on(message, ctx);
}

void NoInbox::on(const Deliver&, Context& ctx) {
  if (fails(ctx)) return;
  apply(ctx);
  ctx.force();
  ctx.answer(Ack{});
}

void PlacedBeforeForce::on(const kit::PlaceOrder& request, Context& ctx) {
  if (table[ctx.order()].status == Status::none) ctx.reply(kit::Placed{});
  OrderService::on(request, ctx);
}

void RefusesCopies::on(const kit::PlaceOrder& request, Context& ctx) {
  if (table[ctx.order()].status != Status::none) return ctx.reply(kit::NotPlaced{});
  OrderService::on(request, ctx);
}

}  // namespace indoubt::local_message_table::mutants
