#include "protocols/saga/queues/mutants.hpp"

namespace indoubt::saga::queues::mutants {

void TrustsTheQueue::on(const ResendDue& timer, Context& ctx) {
  if (instances[ctx.order()].phase != Phase::compensating) Orchestrator::on(timer, ctx);
}

void StartsForEachEvent::on(const Deliver& event, Context& ctx) {
  received[ctx.order()].confirm(Topic::order_received, ctx);
  begin_step(instances[ctx.order()], 0, ctx);
  ctx.answer(Consumed{event.offset});
}

}  // namespace indoubt::saga::queues::mutants
