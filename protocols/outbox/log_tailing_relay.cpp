#include "protocols/outbox/log_tailing_relay.hpp"

namespace indoubt::outbox {

void LogTailingRelay::relay(Context& ctx) {
  if (!progress.is_reading) read_next(ctx);
}

/// Rows of one transaction are for different services and go together; those of the next wait until
/// all of these are confirmed, so one position is enough.
void LogTailingRelay::read_next(Context& ctx) {
  progress.is_reading = progress.position != placed.size();
  if (progress.is_reading)
    publish_rows_of(placed[static_cast<std::size_t>(progress.position)], ctx);
}

void LogTailingRelay::publish_rows_of(sim::OrderId order, Context& ctx) {
  Context about = ctx.about(order);
  messaging::Outbox<Queue>& rows = orders[order].under_way;
  for (const sim::NodeId service : settings->services.of(order)) {
    rows.add(settings->queue_of(service));
  }
  rows.publish(settings->broker, settings->retry, about);
}

/// The position follows what the broker has confirmed, never what was merely read. It is not
/// forced: a crash that loses it makes the reader start further back, and consumers tell the
/// repetitions.
void LogTailingRelay::on(const Confirmed& ack, Context& ctx) {
  messaging::Outbox<Queue>& rows = orders[ctx.order()].under_way;
  if (!rows.confirm(ack.topic, ctx) || !rows.is_empty()) return;
  ctx.write(*this, PositionStored{progress.position + 1});
  read_next(ctx);
}

void LogTailingRelay::on(const sim::Restart&, Context& ctx) { read_next(ctx); }

}  // namespace indoubt::outbox
