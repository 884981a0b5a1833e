#include "protocols/saga/queues/as_published.hpp"

namespace indoubt::saga::queues::as_published {

void KnownStepsOnly::catch_unknown(Instance& instance, Context& ctx) {
  go_back(instance, kit::ServiceSet::first(instance.step), ctx);
}

void StateMachine::on(const ResendDue& timer, Context& ctx) {
  Instance& instance = instances[ctx.order()];
  const bool is_undoing = instance.phase == Phase::compensating;
  if (is_undoing && is_exhausted(instance)) return end(ctx);
  Orchestrator::on(timer, ctx);
}

void StateMachine::pass_pivot(Instance&, Context& ctx) {
  ctx.write(*this, PivotDone{});
  ctx.force();
  ctx.reply(kit::Placed{});
  ctx.send(queues->broker, Publish{Topic::order_placed});
}

void Function::on(const Deliver& message, Context& ctx) {
  if (is_poison(command_in(message.topic), ctx)) return;
  if (command_in(message.topic) == Command::step) {
    do_step(ctx);
  } else {
    run(command_in(message.topic), ctx);
  }
  ctx.answer(Consumed{message.offset});
}

}  // namespace indoubt::saga::queues::as_published
