#include "protocols/mq_transaction/half_message_broker.hpp"

namespace indoubt::mq_transaction {

void HalfMessageBroker::on(const Half&, Context& ctx) {
  if (rows[ctx.order()].phase == Phase::none) {
    ctx.write(*this, HalfWritten{});
    ctx.force();
    ctx.arm<CheckDue>(settings->check_after);
  }
  ctx.await_forces();
  ctx.answer(HalfStored{});
}

/// The note that the half message has ended comes after the message, and is not forced: without it
/// the producer is asked again, and the message may be stored once more, which consumers can tell.
/// The other way round a crash in between would lose it.
void HalfMessageBroker::on(const End& end, Context& ctx) {
  if (rows[ctx.order()].phase != Phase::waiting) return;
  ctx.cancel<CheckDue>();
  if (end.commits) make_visible(ctx);
  ctx.write(*this, HalfEnded{});
}

void HalfMessageBroker::make_visible(Context& ctx) {
  const auto to = static_cast<std::uint64_t>(Destination::everybody);
  ctx.write(*this, messaging::MessageStored{to, settings->producer.index});
  ctx.force();
  queues.offer_stored(ctx);
}

/// A message that nobody is answerable for any more must not be asked about for ever. Whether its
/// local transaction was committed is then for people to find out.
void HalfMessageBroker::on(const CheckDue&, Context& ctx) {
  HalfMessage& half = rows[ctx.order()];
  if (half.phase != Phase::waiting) return;
  if (half.checks == settings->check_max) {
    ctx.write(*this, HalfParked{});
    return;
  }
  ++half.checks;
  ctx.send(settings->producer, CheckBack{});
  ctx.arm<CheckDue>(settings->check_every);
}

/// How often a half message was checked is in memory, and counted anew.
void HalfMessageBroker::on(const sim::Restart& restart, Context& ctx) {
  queues.on(restart, ctx);
  rows.for_each([&](sim::OrderId order, const HalfMessage& half) {
    if (half.phase == Phase::waiting) ctx.about(order).arm<CheckDue>(settings->check_after);
  });
}

}  // namespace indoubt::mq_transaction
