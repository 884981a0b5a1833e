#include "protocols/tcc/as_published.hpp"

#include <optional>

#include "protocols/tcc/blind_rows.hpp"

namespace indoubt::tcc::as_published {

void Caller::on(const kit::PlaceOrder&, Context& ctx) {
  Request& request = requests[ctx.order()];
  if (request.phase != Phase::unknown) return;
  request.phase = Phase::trying;
  ctx.send(settings->services.of(ctx).nodes[0], Try{});
}

void Caller::on(const Tried& tried, Context& ctx) {
  Request& request = requests[ctx.order()];
  if (!awaits_sender(request, Phase::trying, ctx)) return;
  if (!tried.done) {
    request.phase = Phase::cancelling;
    request.service = static_cast<std::uint32_t>(settings->services.of(ctx).count - 1);
    return ctx.send(settings->services.of(ctx).nodes[request.service], Cancel{});
  }
  if (++request.service < settings->services.of(ctx).count) {
    return ctx.send(settings->services.of(ctx).nodes[request.service], Try{});
  }
  request = {.phase = Phase::confirming};
  confirm_next(request, ctx);
}

/// All but the payment, which was charged when it was tried.
void Caller::confirm_next(Request& request, Context& ctx) {
  if (request.service + 1 < settings->services.of(ctx).count) {
    return ctx.send(settings->services.of(ctx).nodes[request.service], Confirm{});
  }
  request.phase = Phase::done;
  ctx.reply(kit::Placed{});
}

void Caller::on(const Confirmed&, Context& ctx) {
  Request& request = requests[ctx.order()];
  if (!awaits_sender(request, Phase::confirming, ctx)) return;
  ++request.service;
  confirm_next(request, ctx);
}

/// One that does not answer keeps those after it from being cancelled.
void Caller::on(const Cancelled&, Context& ctx) {
  Request& request = requests[ctx.order()];
  if (!awaits_sender(request, Phase::cancelling, ctx)) return;
  if (request.service != 0) {
    return ctx.send(settings->services.of(ctx).nodes[--request.service], Cancel{});
  }
  request.phase = Phase::done;
  ctx.reply(kit::NotPlaced{});
}

bool Caller::awaits_sender(const Request& request, Phase phase, const Context& ctx) const {
  return request.phase == phase &&
         ctx.sender() == settings->services.of(ctx).nodes[request.service];
}

/// Every call takes, so a copy of one takes again.
void RowStore::on(const Try&, Context& ctx) {
  std::optional<kit::UnitList> rows;
  if (!stock.declines(ctx) && !ctx.disk_is_full()) rows = stock.pick(ctx.order());
  if (!rows) {
    ctx.append(Refused{});  // It has no row for that.
    return ctx.answer(Tried{false});
  }
  take(*rows, ctx);
  ctx.force();
  ctx.answer(Tried{true});
}

void RowStore::take(const kit::UnitList& rows, Context& ctx) {
  const kit::Hold hold = stock.next_hold(rows);
  ctx.write(*this, FenceTried{hold});
  if (!charges(ctx)) return;
  ctx.write(*this, FenceConfirmed{rows, hold.generation});
}

bool RowStore::charges(const Context& ctx) const {
  return settings->services.of(ctx).position(ctx.self()) + 1 == settings->services.of(ctx).count;
}

void RowStore::on(const Confirm&, Context& ctx) {
  const kit::Hold hold = stock.hold_of(ctx.order());
  ctx.write(*this, FenceConfirmed{hold.units, hold.generation});
  ctx.force();
  ctx.answer(Confirmed{});
}

void RowStore::on(const Cancel&, Context& ctx) {
  kit::UnitList rows = stock.units_of(ctx.order());
  if (rows.count == 0) rows = blind_rows(stock, ctx.order());
  ctx.write(*this, FenceCancelled{rows});
  ctx.force();
  ctx.answer(Cancelled{});
}

}  // namespace indoubt::tcc::as_published
