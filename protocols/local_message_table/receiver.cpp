#include "protocols/local_message_table/receiver.hpp"

#include <optional>

namespace indoubt::local_message_table {

/// Acknowledged when the effect is durable, for it will not come again. A full disk is no answer,
/// and neither is poison: the message is not acknowledged, and comes again.
void Receiver::on(const Deliver&, Context& ctx) {
  if (!take(ctx)) return;
  ctx.await_forces();
  ctx.answer(Ack{});
}

bool Receiver::take(Context& ctx) {
  if (inbox[ctx.order()] == Inbox::applied) return true;
  if (fails(ctx)) return false;
  apply(ctx);
  ctx.force();
  return true;
}

/// One record is the effect and the message's id.
void Receiver::apply(Context& ctx) {
  std::optional<kit::UnitList> units;
  if (!stock.declines(ctx)) units = stock.pick(ctx.order());
  if (!units) return ctx.write(*this, Refused{});
  ctx.write(*this, UnitsAssigned{*units});
}

void Receiver::replay(const UnitsAssigned& record, sim::OrderId order) {
  inbox[order] = Inbox::applied;
  stock.assign(order, record.units);
}

}  // namespace indoubt::local_message_table
