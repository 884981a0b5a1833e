#include "protocols/blocking_retry/mutants.hpp"

namespace indoubt::blocking_retry::mutants {

void NoKey::on(const Call&, Context& ctx) {
  apply(ctx);
  ctx.answer(Result{keys[ctx.order()] == Key::applied});
}

void AnswersBeforeForce::on(const Call& message, Context& ctx) {
  const bool will_apply = keys[ctx.order()] == Key::unused && !stock.declines(ctx) &&
                          !ctx.disk_is_full() && stock.pick(ctx.order()).has_value();
  if (will_apply) ctx.answer(Result{true});
  Service::on(message, ctx);
}

void GivesUp::on(const Result& result, Context& ctx) {
  const std::uint32_t called = requests[ctx.order()].service;
  Caller::on(result, ctx);
  if (requests[ctx.order()].service != called) waits[ctx.order()] = 0;
}

void GivesUp::on(const RetryDue& due, Context& ctx) {
  constexpr std::uint32_t most_waits = 3;
  Request& request = requests[ctx.order()];
  if (request.phase != Phase::calling) return;
  if (++waits[ctx.order()] < most_waits) return Caller::on(due, ctx);
  request.phase = Phase::not_placed;
  ctx.reply(kit::NotPlaced{});
}

}  // namespace indoubt::blocking_retry::mutants
