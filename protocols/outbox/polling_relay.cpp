#include "protocols/outbox/polling_relay.hpp"

#include <algorithm>
#include <cstddef>

namespace indoubt::outbox {

/// The timer runs only while there is something to find, so that a run can end.
void PollingRelay::relay(Context& ctx) {
  if (progress.is_asleep) return;
  progress.is_asleep = true;
  ctx.arm<PollDue>(settings->poll);
}

void PollingRelay::on(const PollDue&, Context& ctx) {
  progress.is_asleep = false;
  for (std::size_t service = 0; service < settings->services.all.count; ++service) {
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
  about.await_forces();
  about.send(settings->broker, Publish{queue});
  about.arm<RepublishDue>(settings->retry.after(0));
}

/// The mark is not forced. A crash that loses it leaves the row unmarked, and the row is published
/// again under the same id, which the consumer's inbox notices. To mark a row before it is
/// confirmed could lose its message, and nobody could repair that.
void PollingRelay::on(const Confirmed& ack, Context& ctx) {
  if (!orders[ctx.order()].under_way.confirm(ack.topic, ctx)) return;
  const auto service = static_cast<std::size_t>(ack.topic);
  progress.under_way.remove(service);
  ctx.write(*this, RowPublished{ack.topic});
  publish_next(service, ctx);
}

/// Rows that were under way are not marked, so they are published again like new ones.
void PollingRelay::on(const sim::Restart&, Context& ctx) {
  for (std::size_t service = 0; service < settings->services.all.count; ++service) {
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
  const auto next = std::find_if(
      placed.begin() + static_cast<std::ptrdiff_t>(progress.marked[service]), placed.end(),
      [&](sim::OrderId order) { return settings->has_row(order, service); });
  if (next == placed.end()) return std::nullopt;
  return *next;
}

/// Rows are confirmed in their order, so it is the next one, and orders before it have none.
void PollingRelay::mark(std::size_t service, sim::OrderId) {
  std::uint32_t& marked = progress.marked[service];
  while (!settings->has_row(placed[marked], service)) ++marked;
  ++marked;
}

}  // namespace indoubt::outbox
