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
  const std::size_t services = settings->services.count;
  while (progress.deleted != placed.size() * services) {
    const auto queue = static_cast<Queue>(progress.deleted % services);
    Context about = ctx.about(placed[progress.deleted / services]);
    about.send(settings->broker, Publish{queue});
    about.write(*this, RowPublished{queue});
    about.force();
  }
}

void OrderService::on(const sim::Restart&, Context& ctx) {
  if (progress.deleted == placed.size() * settings->services.count) return;
  Context about = ctx.about(placed[progress.deleted / settings->services.count]);
  relay(about);
}

}  // namespace indoubt::outbox::as_published
