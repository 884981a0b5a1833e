#include "protocols/local_message_table/as_published.hpp"

#include <optional>

#include "sim/base/mix.hpp"

namespace indoubt::local_message_table::as_published {

/// Two transactions: a crash between them leaves an order that nobody is ever told of.
void OrderService::on(const kit::PlaceOrder&, Context& ctx) {
  if (table[ctx.order()].id != 0) return;
  const std::uint64_t id = ctx.fixed_draw("message_id") | 1u;
  table[ctx.order()].id = id;
  ctx.append(OrderPlaced{0});  // A restart looks for messages, and there is none yet.
  ctx.force();
  insert(id, ctx);
  ctx.force();
  ctx.reply(kit::Placed{});
}

void OrderService::insert(std::uint64_t id, Context& ctx) {
  const kit::ServiceSet all = settings->services.of(ctx).all();
  ctx.write(*this, RowsInserted{all.bits, id});
  if (loop == Loop::idle) sleep(ctx);
}

/// The loop has slept.
void OrderService::on(const WorkerDue&, Context& ctx) {
  const Row row = smallest();
  loop = Loop::idle;
  if (row.order == sim::no_order) return;
  Context about = ctx.about(row.order);
  process(row, about);
}

/// Once the claim is committed, nobody else holds the row, and nobody else will look at it.
void OrderService::process(const Row& row, Context& ctx) {
  kit::ServiceSet claimed;
  claimed.add(row.service);
  ctx.write(*this, RowsClaimed{claimed.bits, sim::no_expiry.time_since_epoch().count()});
  table[row.order].processing.add(row.service);  // In memory only.
  loop = Loop::processing;
  ctx.force();
  ctx.send(settings->services.of(ctx).nodes[row.service],
           Deliver{});  // Waits for the answer, for ever.
}

void OrderService::on(const Ack&, Context& ctx) {
  Rows& rows = table[ctx.order()];
  const std::size_t service = settings->services.of(ctx).position(ctx.sender());
  if (loop != Loop::processing || !rows.processing.has(service)) return;
  rows.processing.remove(service);
  ctx.append(RowDone{service});  // A restart does not look at what was claimed.
  ctx.force();
  sleep(ctx);
}

void OrderService::sleep(Context& ctx) {
  loop = Loop::asleep;
  ctx.about(sim::no_order).arm<WorkerDue>(loop_sleep);
}

/// The loop starts again, and sees only rows that are new.
void OrderService::on(const sim::Restart&, Context& ctx) {
  if (smallest().order != sim::no_order) sleep(ctx);
}

OrderService::Row OrderService::smallest() {
  Row found;
  std::uint64_t least = 0;
  table.for_each([&](sim::OrderId order, const Rows& rows) {
    for (std::size_t service = 0; service < settings->services.of(order).count; ++service) {
      if (!rows.fresh.has(service)) continue;
      const std::uint64_t id = sim::mix(rows.id, service);
      if (found.order != sim::no_order && id >= least) continue;
      found = {order, service};
      least = id;
    }
  });
  return found;
}

void OrderService::replay(const RowsInserted& record, sim::OrderId order) {
  table[order] = {.id = record.id, .fresh = {static_cast<std::uint32_t>(record.rows)}};
}

void OrderService::replay(const RowsClaimed& record, sim::OrderId order) {
  table[order].fresh.bits &= ~static_cast<std::uint32_t>(record.rows);
}

void Receiver::on(const Deliver&, Context& ctx) {
  if (stock.is_poison(ctx)) return;
  apply(ctx);
  ctx.answer(Ack{});
}

void Receiver::apply(Context& ctx) {
  std::optional<kit::UnitList> units;
  if (!stock.declines(ctx) && !ctx.disk_is_full()) units = stock.pick(ctx.order());
  if (units) {
    ctx.write(*this, UnitsAssigned{*units});
  } else {
    ctx.append(Refused{});  // It has no row for that.
  }
  ctx.force();
}

}  // namespace indoubt::local_message_table::as_published
