#pragma once

#include <string_view>

#include "protocols/kit/mistakes/careless.hpp"
#include "protocols/saga/queues/orchestrator.hpp"

/// Sagas on queues with mistakes (`kit::Careless`). Two more are parts of the published form.
namespace indoubt::saga::queues::mutants {

/// A compensation is put on its queue once. What becomes of it is the queue's business, which loses
/// it, or sets it aside for people to look at.
template <typename O>
struct TrustsTheQueue : O {
  static constexpr std::string_view mistake = "X-SAGA-10";
  using Phase = Orchestrator::Phase;
  using O::on;
  void on(const ResendDue& timer, Context& ctx) {
    if (this->instances[ctx.order()].phase != Phase::compensating) O::on(timer, ctx);
  }
};

/// Every `order_received` starts an execution, and this one knows nothing of the others.
template <typename O>
struct StartsForEachEvent : O {
  static constexpr std::string_view mistake = "X-SAGA-11";
  using O::on;
  void on(const Deliver& event, Context& ctx) {
    this->received[ctx.order()].confirm(Topic::order_received, ctx);
    this->begin_step(this->instances[ctx.order()], 0, ctx);
    ctx.answer(Consumed{event.offset});
  }
};

struct CarelessOrchestrator : kit::Careless<Orchestrator, TrustsTheQueue, StartsForEachEvent> {};

}  // namespace indoubt::saga::queues::mutants
