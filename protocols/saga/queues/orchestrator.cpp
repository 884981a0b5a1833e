#include "protocols/saga/queues/orchestrator.hpp"

namespace indoubt::saga::queues {

/// The front writes nothing down: the event is the order. It is published until it starts the
/// orchestrator; if the front is lost before, there is no order, and the client hears nothing.
void Orchestrator::on(const kit::PlaceOrder&, Context& ctx) {
  const Instance& instance = instances[ctx.order()];
  if (instance.phase != Phase::unknown) return kit::answer_again(outcome_of(instance), ctx);
  received[ctx.order()].add(Topic::order_received);
  on(RepublishDue{}, ctx);
}

/// The event cannot be taken back. So it starts an execution that undoes nothing, and ends.
void Orchestrator::on(const kit::CancelOrder& cancel, Context& ctx) {
  if (instances[ctx.order()].phase == Phase::unknown) wishes[ctx.order()] = Wish::to_cancel;
  saga::Orchestrator::on(cancel, ctx);
}

void Orchestrator::on(const RepublishDue&, Context& ctx) {
  received[ctx.order()].publish(queues->broker, queues->front, ctx);
}

/// The event comes at least once and starts one execution. It is acknowledged when that is durable,
/// which is when the first step's intent is.
void Orchestrator::on(const Deliver& event, Context& ctx) {
  received[ctx.order()].confirm(Topic::order_received, ctx);
  Instance& instance = instances[ctx.order()];
  if (instance.phase == Phase::unknown) {
    const bool is_unwanted = wishes[ctx.order()] == Wish::to_cancel;
    is_unwanted ? go_back(instance, {}, ctx) : begin_step(instance, 0, ctx);
  }
  ctx.await_forces();
  ctx.answer(Consumed{event.offset});
}

/// Nobody asks whether the broker has it: an attempt without a result is followed by another one.
void Orchestrator::tell(sim::NodeId service, Command command, Context& ctx) {
  ctx.send(queues->broker, Publish{topic_of(command, settings->services.all.position(service))});
}

/// Retry and Catch are for steps alone. A compensation or a completion is put on its queue again
/// for as long as it takes: it may have been lost, or be among the dead letters, which nobody
/// reads.
void Orchestrator::on(const ResendDue& timer, Context& ctx) {
  Instance& instance = instances[ctx.order()];
  if (instance.phase == Phase::forward && is_exhausted(instance)) {
    return catch_unknown(instance, ctx);
  }
  saga::Orchestrator::on(timer, ctx);
}

/// The step may be done, or its command may still be in the queue: so it is undone with the others.
void Orchestrator::catch_unknown(Instance& instance, Context& ctx) {
  go_back(instance, kit::ServiceSet::first(instance.step + 1), ctx);
}

/// Fire and forget: nothing waits for the confirmation, and nothing sends it again.
void Orchestrator::pass_pivot(Instance& instance, Context& ctx) {
  saga::Orchestrator::pass_pivot(instance, ctx);
  ctx.send(queues->broker, Publish{Topic::order_placed});
}

}  // namespace indoubt::saga::queues
