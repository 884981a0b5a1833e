#include "protocols/local_message_table/order_service.hpp"

#include "protocols/kit/supervisor/lease.hpp"

namespace indoubt::local_message_table {

/// The order and its messages are one record: both are durable, or neither is. The client is told
/// at once, for nobody can refuse any more.
void OrderService::on(const kit::PlaceOrder&, Context& ctx) {
  const bool is_placed = table[ctx.order()].status != Status::none;
  if (is_placed) return kit::answer_again(sim::Outcome::commit, ctx);
  ctx.write(*this, OrderPlaced{settings->services.of(ctx).all().bits});
  ctx.force();
  ctx.reply(kit::Placed{});
  ctx.arm<WorkerDue>(settings->poll);
}

void OrderService::on(const WorkerDue&, Context& ctx) {
  Rows& rows = table[ctx.order()];
  if (rows.status == Status::none || rows.status == Status::done) return;
  const sim::Duration left = wait(rows, ctx.now());
  if (left > sim::Duration{0}) return ctx.arm<WorkerDue>(left);
  claim(rows, ctx);
}

void OrderService::claim(Rows& rows, Context& ctx) {
  const sim::Duration lease = take_lease(rows, ctx);
  send(rows, ctx);
  ctx.arm<WorkerDue>(lease);
}

/// The claim is durable before anything is sent, so that no other worker sends the same. It is a
/// lease: whatever becomes of this worker, the rows are free again when it has run out.
sim::Duration OrderService::take_lease(Rows& rows, Context& ctx) {
  const sim::Duration lease = settings->leases.after(rows.attempts++);
  const sim::ClockTime end = ctx.now() + lease;
  ctx.write(*this, RowsClaimed{rows.undone.bits, end.time_since_epoch().count()});
  ctx.force();
  return lease;
}

void OrderService::send(const Rows& rows, Context& ctx) const {
  settings->services.of(ctx).for_each(rows.undone,
                                      [&](sim::NodeId service) { ctx.send(service, Deliver{}); });
}

void OrderService::on(const Ack&, Context& ctx) {
  mark_done(settings->services.of(ctx).position(ctx.sender()), ctx);
}

/// Not forced: without the record the message is sent once more, and only acknowledged.
void OrderService::mark_done(std::size_t service, Context& ctx) {
  Rows& rows = table[ctx.order()];
  if (!rows.undone.has(service)) return;
  ctx.write(*this, RowDone{service});
  if (rows.status == Status::done) ctx.cancel<WorkerDue>();
}

/// A worker that comes back cannot know what its predecessor has sent. It waits for the leases.
void OrderService::on(const sim::Restart&, Context& ctx) {
  table.for_each([&](sim::OrderId order, const Rows& rows) {
    const bool is_new = rows.status == Status::fresh;
    if (is_new) ctx.about(order).arm<WorkerDue>(settings->poll);
    if (rows.status == Status::processing) {
      ctx.about(order).arm<WorkerDue>(wait(rows, ctx.now()));
    }
  });
}

sim::Duration OrderService::wait(const Rows& rows, sim::ClockTime now) const {
  const bool is_free = rows.status == Status::fresh ||
                       !kit::is_live(rows.lease_until, now, settings->leases.longest);
  return is_free ? sim::Duration{0} : rows.lease_until - now;
}

void OrderService::insert(kit::ServiceSet rows, sim::OrderId order) {
  table[order] = {.status = rows.is_empty() ? Status::done : Status::fresh, .undone = rows};
}

void OrderService::finish(Rows& rows, std::size_t service) {
  rows.undone.remove(service);
  if (rows.undone.is_empty()) rows.status = Status::done;
}

void OrderService::replay(const OrderPlaced& record, sim::OrderId order) {
  insert({static_cast<std::uint32_t>(record.rows)}, order);
}

void OrderService::replay(const RowsInserted& record, sim::OrderId order) {
  insert({static_cast<std::uint32_t>(record.rows)}, order);
}

void OrderService::replay(const RowsClaimed& record, sim::OrderId order) {
  table[order].status = Status::processing;
  table[order].lease_until = sim::ClockTime{sim::Duration{record.lease_until}};
}

void OrderService::replay(const RowDone& record, sim::OrderId order) {
  finish(table[order], static_cast<std::size_t>(record.service));
}

}  // namespace indoubt::local_message_table
