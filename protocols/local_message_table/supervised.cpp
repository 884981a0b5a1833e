#include "protocols/local_message_table/supervised.hpp"

namespace indoubt::local_message_table::as_published {

void CatchesUp::on(const Deliver& message, Context& ctx) {
  noted[ctx.order()] = Noted::yes;
  Receiver::on(message, ctx);
}

void CatchesUp::replay(const UnitsAssigned& record, sim::OrderId order) {
  noted[order] = Noted::yes;
  Receiver::replay(record, order);
}

/// A full disk is no refusal here, nor is poison: there is another chance in the next period.
void CatchesUp::catch_up(Context& ctx) {
  if (ctx.disk_is_full() || stock.is_poison(ctx)) return;
  noted[ctx.order()] = Noted::yes;
  apply(ctx);
}

}  // namespace indoubt::local_message_table::as_published
