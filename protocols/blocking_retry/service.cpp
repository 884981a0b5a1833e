#include "protocols/blocking_retry/service.hpp"

#include <optional>

namespace indoubt::blocking_retry {

void Service::on(const Call&, Context& ctx) {
  if (keys[ctx.order()] == Key::unused) apply(ctx);
  ctx.await_forces();
  ctx.answer(Result{keys[ctx.order()] == Key::applied});
}

/// The effect and its key are one record, durable before the answer: a copy of the call finds both,
/// or neither.
void Service::apply(Context& ctx) {
  std::optional<kit::UnitList> units;
  if (!stock.declines(ctx) && !ctx.disk_is_full()) units = stock.pick(ctx.order());
  if (units) {
    ctx.write(*this, Applied{*units});
  } else {
    ctx.write(*this, Refused{});
  }
  ctx.force();
}

void Service::replay(const Applied& record, sim::OrderId order) {
  keys[order] = Key::applied;
  stock.assign(order, record.units);
}

void Service::replay(const Refused&, sim::OrderId order) { keys[order] = Key::refused; }

}  // namespace indoubt::blocking_retry
