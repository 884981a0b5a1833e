#include "protocols/saga/choreography/mutants.hpp"

namespace indoubt::saga::choreography::mutants {

void EarlyCancelDropped::on(const Deliver& event, Context& ctx) {
  const bool is_early =
      event.topic != EventType::order_created && branches[ctx.order()].phase == Phase::unknown;
  if (is_early) return ctx.answer(Consumed{event.offset});
  Participant::on(event, ctx);
}

void ConsumedBeforeForce::on(const Deliver& event, Context& ctx) {
  ctx.answer(Consumed{event.offset});
  Participant::on(event, ctx);
}

void SilentTimeout::on(const DeadlineDue&, Context& ctx) {
  Order& order = orders[ctx.order()];
  if (order.phase == Phase::pending) reject(order, ctx);
}

void NoGrace::on(const kit::Unfinished&, Context& ctx) { look_into(ctx); }

void NoGrace::on(const kit::KnownOutcome& outcome, Context& ctx) {
  repair(outcome.state == kit::KnownOutcome::State::committed, ctx);
}

}  // namespace indoubt::saga::choreography::mutants
