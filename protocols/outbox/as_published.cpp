#include "protocols/outbox/as_published.hpp"

namespace indoubt::outbox::as_published {

void OrderService::relay(Context& ctx) {
  if (progress.is_asleep) return;
  progress.is_asleep = true;
  ctx.arm<PollDue>(settings->poll);
}

void OrderService::on(const PollDue&, Context& ctx) {
  progress.is_asleep = false;
  while (progress.orders != placed.size()) {
    Context about = ctx.about(placed[progress.orders]);
    const Queue queue = settings->queue_of(settings->services.of(about).nodes[progress.rows]);
    about.send(settings->broker, Publish{queue});
    about.write(*this, RowPublished{queue});
    about.force();
  }
}

void OrderService::on(const sim::Restart&, Context& ctx) {
  if (progress.orders == placed.size()) return;
  Context about = ctx.about(placed[progress.orders]);
  relay(about);
}

void OrderService::replay(const RowPublished&, sim::OrderId order) {
  if (++progress.rows != settings->services.of(order).count) return;
  ++progress.orders;
  progress.rows = 0;
}

/// Deleted in a transaction of its own.
void SharedOutbox::on(const MarkRow& mark, Context& ctx) {
  const RowId row{ctx.order(), static_cast<std::size_t>(mark.queue)};
  if (!is_marked(row)) ctx.write(*this, RowPublished{mark.queue});
  ctx.force();
  hand_row(row.queue, mark.asked, ctx);
}

void Relay::on(const HandRow& handed, Context& ctx) {
  send(handed.queue, {}, ctx);
  ask_next(handed.queue, ctx);
}

}  // namespace indoubt::outbox::as_published
