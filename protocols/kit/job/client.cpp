#include "protocols/kit/job/client.hpp"

namespace indoubt::kit {

void Clients::on(const sim::Start&, Context& ctx) {
  if (setup->gap) return await_next(ctx, sim::OrderId{0});
  for (std::uint32_t i = 0; i < ctx.order_count(); ++i) place(ctx.about(sim::OrderId{i}));
}

void Clients::on(const Arrival&, Context& ctx) {
  place(ctx);
  await_next(ctx, sim::OrderId{ctx.order().index + 1});
}

void Clients::place(Context ctx) {
  ctx.send(setup->coordinator, PlaceOrder{});
  ctx.arm<GiveUp>(setup->give_up_after);
}

/// Gaps are drawn for every number, so that an order arrives at its time also when it runs alone.
void Clients::await_next(Context& ctx, sim::OrderId next) {
  if (next.index >= ctx.order_count()) return;
  Context about = ctx.about(next);
  sim::Duration wait{};
  while (last_number < about.order_number()) {
    ++last_number;
    wait += (*setup->gap)(about.fixed_draw("arrival", last_number));
  }
  if (ctx.now() + wait <= setup->until) about.arm<Arrival>(wait);
}

}  // namespace indoubt::kit
