#pragma once

#include "protocols/saga/queues/orchestrator.hpp"

/// Sagas on queues with one mistake each. Two more are parts of the published form.
namespace indoubt::saga::queues::mutants {

/// X-SAGA-10: a compensation is put on its queue once. What becomes of it is the queue's business,
/// which loses it, or sets it aside for people to look at.
struct TrustsTheQueue : Orchestrator {
  using Orchestrator::on;
  void on(const ResendDue& timer, Context& ctx);
};

/// X-SAGA-11: every `order_received` starts an execution, and this one knows nothing of the others.
struct StartsForEachEvent : Orchestrator {
  using Orchestrator::on;
  void on(const Deliver& event, Context& ctx);
};

}  // namespace indoubt::saga::queues::mutants
