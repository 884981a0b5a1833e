#include "protocols/outbox/relays/relay.hpp"

#include <algorithm>

namespace indoubt::outbox {
namespace {

std::int64_t reading(const Context& ctx) { return ctx.now().time_since_epoch().count(); }

}  // namespace

/// Who is at a row of the queue asks for the next one by its mark.
void Relay::on(const RowsWaiting& wake, Context& ctx) {
  if (rows[static_cast<std::size_t>(wake.queue)].order != sim::no_order) return;
  ctx.answer(AskRow{wake.queue, reading(ctx)});
}

/// A copy, or the answer to an earlier question, may come while a row is under way.
void Relay::on(const HandRow& handed, Context& ctx) {
  Row& row = rows[static_cast<std::size_t>(handed.queue)];
  if (row.order != sim::no_order) return;
  row = {.order = ctx.order(),
         .token = handed.token,
         .until = sim::ClockTime{sim::Duration{handed.until}}};
  publish(handed.queue, row, ctx);
}

void Relay::publish(Queue queue, Row& row, Context& ctx) {
  if (!may_publish(row, ctx)) return drop(row, ctx);
  send(queue, row, ctx);
  ctx.arm<RepublishDue>(settings->retry.after(row.attempts++));
}

void Relay::on(const Confirmed& ack, Context& ctx) {
  Row* row = row_of(ack.topic, ctx);
  if (row == nullptr) return;
  drop(*row, ctx);
  ask_next(ack.topic, ctx);
}

void Relay::ask_next(Queue queue, Context& ctx) const {
  ctx.send(settings->table, MarkRow{queue, reading(ctx)});
}

/// Of an order with several rows under way, all are published again.
void Relay::on(const RepublishDue&, Context& ctx) {
  for (std::size_t i = 0; i < settings->services.all.count; ++i) {
    const auto queue = static_cast<Queue>(i);
    if (Row* row = row_of(queue, ctx)) publish(queue, *row, ctx);
  }
}

Relay::Row* Relay::row_of(Queue queue, const Context& ctx) {
  Row& row = rows[static_cast<std::size_t>(queue)];
  return row.order == ctx.order() ? &row : nullptr;
}

void Relay::drop(Row& row, Context& ctx) {
  row = {};
  const bool is_last = std::none_of(rows.begin(), rows.end(),
                                    [&](const Row& other) { return other.order == ctx.order(); });
  if (is_last) ctx.cancel<RepublishDue>();
}

void LeasedRelay::on(const Superseded& refusal, Context& ctx) {
  Row* row = row_of(refusal.topic, ctx);
  if (row != nullptr && row->token == refusal.token) drop(*row, ctx);
}

}  // namespace indoubt::outbox
