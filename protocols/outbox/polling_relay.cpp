#include "protocols/outbox/polling_relay.hpp"

namespace indoubt::outbox {

/// The timer runs only while there is something to find, so that a run can end.
void PollingRelay::relay(Context& ctx) {
  if (progress.is_asleep) return;
  progress.is_asleep = true;
  ctx.arm<PollDue>(settings->poll);
}

void PollingRelay::on(const PollDue&, Context& ctx) {
  progress.is_asleep = false;
  for (std::size_t service = 0; service < settings->services.count; ++service) {
    if (!progress.under_way.has(service)) publish_next(service, ctx);
  }
}

void PollingRelay::publish_next(std::size_t service, Context& ctx) {
  const std::optional<sim::OrderId> order = next_row(service);
  if (!order) return;
  const auto queue = static_cast<Queue>(service);
  Context about = ctx.about(*order);
  progress.under_way.add(service);
  orders[*order].under_way.add(queue);
  about.send(settings->broker, Publish{queue});
  about.arm<RepublishDue>(settings->retry.after(0));
}

/// The mark is not forced. A crash that loses it leaves the row unmarked, and it is published again
/// under the same id; the consumer's inbox tells it. To mark before the confirmation would be the
/// other mistake, and nobody could repair that one.
void PollingRelay::on(const Confirmed& ack, Context& ctx) {
  if (!orders[ctx.order()].under_way.confirm(ack.topic, ctx)) return;
  const auto service = static_cast<std::size_t>(ack.topic);
  progress.under_way.remove(service);
  ctx.write(*this, RowPublished{ack.topic});
  publish_next(service, ctx);
}

/// What was under way is no more marked than what was never published.
void PollingRelay::on(const sim::Restart&, Context& ctx) {
  for (std::size_t service = 0; service < settings->services.count; ++service) {
    if (const auto order = next_row(service)) {
      Context about = ctx.about(*order);
      return relay(about);
    }
  }
}

void PollingRelay::replay(const RowPublished& record, sim::OrderId order) {
  mark(static_cast<std::size_t>(record.topic), order);
}

std::optional<sim::OrderId> PollingRelay::next_row(std::size_t service) const {
  if (progress.marked[service] == placed.size()) return std::nullopt;
  return placed[progress.marked[service]];
}

/// Rows are confirmed in their order, so it is the next one.
void PollingRelay::mark(std::size_t service, sim::OrderId) { ++progress.marked[service]; }

}  // namespace indoubt::outbox
