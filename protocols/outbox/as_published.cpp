#include "protocols/outbox/as_published.hpp"

namespace indoubt::outbox::as_published {

void OrderService::on(const CommitDue&, Context& ctx) {
  ctx.write(*this, OrderSaved{});
  ctx.force();
  ctx.write(*this, RowsInserted{});
  ctx.force();
  ctx.reply(kit::Placed{});
  relay(ctx);
}

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

}  // namespace indoubt::outbox::as_published
