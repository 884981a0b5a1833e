#include "protocols/local_message_table/workers.hpp"

namespace indoubt::local_message_table {

/// Says so to all, until one of them has claimed the rows; and again when the lease is over.
void SharedTable::on(const WorkerDue&, Context& ctx) {
  const Rows& rows = table[ctx.order()];
  if (!is_open(rows)) return;
  const sim::Duration left = wait(rows, ctx.now());
  if (left > sim::Duration{0}) return ctx.arm<WorkerDue>(left);
  for (const sim::NodeId worker : settings->worker_nodes) ctx.send(worker, RowsWaiting{});
  ctx.arm<WorkerDue>(settings->poll);
}

void SharedTable::on(const ClaimRows&, Context& ctx) {
  Rows& rows = table[ctx.order()];
  if (!is_open(rows) || wait(rows, ctx.now()) > sim::Duration{0}) return;
  const sim::Duration lease = take_lease(rows, ctx);
  ctx.answer(HandRows{rows.undone.bits});
  ctx.arm<WorkerDue>(lease);
}

void SharedTable::on(const MarkDone& done, Context& ctx) {
  mark_done(static_cast<std::size_t>(done.service), ctx);
}

void Worker::on(const HandRows& handed, Context& ctx) {
  const kit::ServiceSet rows{static_cast<std::uint32_t>(handed.rows)};
  settings->services.of(ctx).for_each(rows,
                                      [&](sim::NodeId service) { ctx.send(service, Deliver{}); });
}

void Worker::on(const Ack&, Context& ctx) {
  ctx.send(settings->table, MarkDone{settings->services.of(ctx).position(ctx.sender())});
}

}  // namespace indoubt::local_message_table
