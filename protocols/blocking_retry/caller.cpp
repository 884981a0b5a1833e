#include "protocols/blocking_retry/caller.hpp"

#include "sim/base/random.hpp"

namespace indoubt::blocking_retry {

void Caller::on(const kit::PlaceOrder&, Context& ctx) {
  Request& request = requests[ctx.order()];
  if (request.phase != Phase::unknown) return kit::answer_again(outcome_of(request), ctx);
  request.phase = Phase::calling;
  call(request, ctx);
}

std::optional<sim::Outcome> Caller::outcome_of(const Request& request) const {
  if (request.phase == Phase::calling) return std::nullopt;
  return sim::outcome_of(request.phase == Phase::placed);
}

void Caller::call(Request& request, Context& ctx) {
  ctx.send(settings->services.of(ctx).nodes[request.service], Call{});
  ctx.arm<RetryDue>(wait(request.attempts++, ctx));
}

/// Jitter keeps callers that failed together from trying again together.
sim::Duration Caller::wait(std::uint32_t attempts, Context& ctx) const {
  const sim::Duration half = settings->retry.after(attempts) / 2;
  const std::uint64_t jitter =
      sim::below(ctx.draw("jitter"), static_cast<std::uint64_t>(half.count()) + 1);
  return half + sim::Duration{static_cast<std::int64_t>(jitter)};
}

/// A refusal is final, and comes too late for the services that were called before: what they have
/// done stays done.
void Caller::on(const Result& result, Context& ctx) {
  Request& request = requests[ctx.order()];
  const bool is_awaited = request.phase == Phase::calling &&
                          ctx.sender() == settings->services.of(ctx).nodes[request.service];
  if (!is_awaited) return;
  request.attempts = 0;
  const bool is_last = ++request.service == settings->services.of(ctx).count;
  if (result.done && !is_last) return call(request, ctx);
  request.phase = result.done ? Phase::placed : Phase::not_placed;
  ctx.cancel<RetryDue>();
  result.done ? ctx.reply(kit::Placed{}) : ctx.reply(kit::NotPlaced{});
}

/// Silence says nothing: the call may have been lost, or only its answer. The key makes it safe to
/// call again.
void Caller::on(const RetryDue&, Context& ctx) {
  Request& request = requests[ctx.order()];
  if (request.phase == Phase::calling) call(request, ctx);
}

}  // namespace indoubt::blocking_retry
