#include "protocols/reservation/as_published.hpp"

#include <algorithm>
#include <optional>

namespace indoubt::reservation::as_published {

void OrderService::on(const kit::PlaceOrder&, Context& ctx) {
  Request& request = requests[ctx.order()];
  if (request.phase != Phase::unknown) return;
  request.phase = Phase::reserving;
  call_reserve(request, ctx);
}

void OrderService::call_reserve(const Request& request, Context& ctx) {
  ctx.send(settings->services.of(ctx).nodes[request.service], Reserve{});
  ctx.arm<CallTimeout>(settings->call_timeout);
}

/// The next service, and after the last one the second round.
void OrderService::on(const Reserved&, Context& ctx) {
  Request& request = requests[ctx.order()];
  if (!awaits_sender(request, Phase::reserving, ctx)) return;
  if (++request.service < settings->services.of(ctx).count) return call_reserve(request, ctx);
  ctx.cancel<CallTimeout>();
  request = {.phase = Phase::assigning};
  call_assign(request, ctx);
}

void OrderService::on(const None&, Context& ctx) {
  Request& request = requests[ctx.order()];
  if (awaits_sender(request, Phase::reserving, ctx)) give_up(request, ctx);
}

void OrderService::on(const CallTimeout&, Context& ctx) {
  Request& request = requests[ctx.order()];
  if (request.phase == Phase::reserving) give_up(request, ctx);
}

/// Without a key by which the service could tell a repetition: if only the answer was lost, trying
/// again takes another row.
void OrderService::call_assign(Request& request, Context& ctx) {
  ctx.send(settings->services.of(ctx).nodes[request.service],
           Assign{.generation = 0, .sent_at = ctx.now().time_since_epoch().count()});
  ctx.arm<ResendDue>(settings->retry.after(request.attempts++));
}

void OrderService::on(const ResendDue&, Context& ctx) {
  Request& request = requests[ctx.order()];
  if (request.phase == Phase::assigning) call_assign(request, ctx);
}

void OrderService::on(const Assigned&, Context& ctx) {
  Request& request = requests[ctx.order()];
  if (!awaits_sender(request, Phase::assigning, ctx)) return;
  request.attempts = 0;
  if (++request.service < settings->services.of(ctx).count) return call_assign(request, ctx);
  ctx.cancel<ResendDue>();
  request.phase = Phase::done;
  ctx.reply(kit::Placed{});
}

/// No row is reserved any more. What other services have assigned stays with the order.
void OrderService::on(const Expired&, Context& ctx) {
  Request& request = requests[ctx.order()];
  if (awaits_sender(request, Phase::assigning, ctx)) give_up(request, ctx);
}

/// The user is told, and that is all: reservations run out by themselves.
void OrderService::give_up(Request& request, Context& ctx) {
  request.phase = Phase::done;
  ctx.cancel<CallTimeout>();
  ctx.cancel<ResendDue>();
  ctx.reply(kit::NotPlaced{});
}

bool OrderService::awaits_sender(const Request& request, Phase phase, const Context& ctx) const {
  return request.phase == phase &&
         ctx.sender() == settings->services.of(ctx).nodes[request.service];
}

namespace {

/// Reserved rows for what an order takes, whoever reserved them; none if there are too few.
std::optional<kit::UnitList> pick_reserved(const kit::Stock& stock, sim::OrderId order) {
  kit::UnitList list;
  for (const kit::StockSetup::Item& item : stock.setup->items) {
    std::uint32_t missing = stock.setup->taken(item, order);
    const std::uint32_t end = item.first_unit + item.units;
    for (std::uint32_t unit = item.first_unit; unit < end && missing != 0; ++unit) {
      if (stock.units[unit].state != kit::Unit::State::held) continue;
      list.add(unit);
      --missing;
    }
    if (missing != 0) return std::nullopt;
  }
  return list;
}

}  // namespace

/// Every call reserves, so a repeated one reserves again.
void RowStore::on(const Reserve&, Context& ctx) {
  std::optional<kit::UnitList> rows;
  if (!stock.declines(ctx) && !ctx.disk_is_full()) rows = stock.pick(ctx.order());
  if (!rows) {
    ctx.append(Refused{});  // It has no row for that.
    ctx.force();
    return ctx.answer(None{});
  }
  const kit::Hold hold = stock.next_hold(*rows, ctx.now() + settings->ttl);
  ctx.write(*this, UnitsHeld{hold});
  ctx.arm<SweepDue>(settings->ttl);
  ctx.force();
  ctx.answer(Reserved{hold.generation, hold.expires});
}

void RowStore::on(const Assign&, Context& ctx) {
  const std::optional<kit::UnitList> rows = pick_reserved(stock, ctx.order());
  if (!rows) return ctx.answer(Expired{});
  const std::uint32_t generation = stock.units[*rows->begin()].generation;
  ctx.write(*this, UnitsAssigned{*rows, generation});
  ctx.force();
  ctx.answer(Assigned{});
}

/// The timer of one order's reservation.
void RowStore::on(const SweepDue&, Context& ctx) {
  bool has_expired = false;
  for (std::uint32_t row = 0; row < stock.units.size(); ++row) {
    const kit::Unit& unit = stock.units[row];
    if (unit.state != kit::Unit::State::held || unit.order != ctx.order()) continue;
    kit::UnitList list;
    list.add(row);
    ctx.write(*this, HoldExpired{list, unit.generation});
    has_expired = true;
  }
  if (has_expired) ctx.force();
}

/// The rows are on disk and their timers are not.
void RowStore::on(const sim::Restart&, Context& ctx) {
  for (const kit::Unit& unit : stock.units) {
    if (unit.state != kit::Unit::State::held) continue;
    const sim::Duration left = std::max(unit.expires - ctx.now(), sim::Duration{0});
    ctx.about(unit.order).arm<SweepDue>(left);
  }
}

}  // namespace indoubt::reservation::as_published
