#include "protocols/tcc/initiator.hpp"

namespace indoubt::tcc {

void Initiator::on(const kit::PlaceOrder&, Context& ctx) {
  Request& request = requests[ctx.order()];
  if (request.phase != Phase::unknown) return kit::answer_again(outcome_of(request), ctx);
  request = {.phase = Phase::beginning, .missing = settings->services.of(ctx).all()};
  ctx.send(settings->manager, Begin{});
  ctx.arm<OutcomeDue>(settings->patience);
}

std::optional<sim::Outcome> Initiator::outcome_of(const Request& request) const {
  if (!is_done(request)) return std::nullopt;
  return sim::outcome_of(request.phase == Phase::placed);
}

void Initiator::on(const Began&, Context& ctx) {
  Request& request = requests[ctx.order()];
  if (request.phase != Phase::beginning) return;
  request.phase = Phase::trying;
  for (std::size_t branch = 0; branch < settings->services.of(ctx).count; ++branch) {
    ctx.send(settings->manager, Register{branch});
  }
  ctx.arm<OutcomeDue>(settings->patience);
}

/// Only a registered service is tried, so the manager knows of everything that a try freezes.
void Initiator::on(const Registered& registered, Context& ctx) {
  const Request& request = requests[ctx.order()];
  const auto branch = static_cast<std::size_t>(registered.branch);
  if (request.phase != Phase::trying || !request.missing.has(branch)) return;
  ctx.send(settings->services.of(ctx).nodes[branch], Try{});
}

void Initiator::on(const Tried& tried, Context& ctx) {
  Request& request = requests[ctx.order()];
  if (request.phase != Phase::trying) return;
  if (!tried.done) return ask_to_abort(request, ctx);
  request.missing.remove(settings->services.of(ctx).position(ctx.sender()));
  if (!request.missing.is_empty()) return;
  request.phase = Phase::submitting;
  ctx.send(settings->manager, Submit{});
  ctx.arm<OutcomeDue>(settings->patience);
}

/// Submitted is as good as placed: what is frozen everywhere can be confirmed everywhere, and the
/// manager does not rest before it is.
void Initiator::on(const Submitted&, Context& ctx) {
  if (finish(Phase::placed, ctx)) ctx.reply(kit::Placed{});
}

void Initiator::on(const Aborted&, Context& ctx) {
  if (finish(Phase::not_placed, ctx)) ctx.reply(kit::NotPlaced{});
}

bool Initiator::finish(Phase phase, Context& ctx) {
  Request& request = requests[ctx.order()];
  if (request.phase == Phase::unknown || is_done(request)) return false;
  request.phase = phase;
  ctx.cancel<OutcomeDue>();
  return true;
}

/// Something on the way was lost or is slow. To ask for an abort is to ask for the outcome: if the
/// transaction was submitted or aborted before, the answer says so.
void Initiator::on(const OutcomeDue&, Context& ctx) {
  Request& request = requests[ctx.order()];
  if (!is_done(request)) ask_to_abort(request, ctx);
}

/// The manager says whether it is too late.
void Initiator::on(const kit::CancelOrder&, Context& ctx) {
  Request& request = requests[ctx.order()];
  if (request.phase != Phase::unknown && !is_done(request)) ask_to_abort(request, ctx);
}

void Initiator::ask_to_abort(Request& request, Context& ctx) {
  request.phase = Phase::aborting;
  ctx.send(settings->manager, Abort{});
  ctx.arm<OutcomeDue>(settings->retry.after(request.attempts++));
}

}  // namespace indoubt::tcc
