#pragma once

#include "protocols/saga/mutants.hpp"
#include "protocols/saga/queues/function.hpp"
#include "protocols/saga/queues/orchestrator.hpp"

/// The saga on queues and functions as it is described and copied. The text: OrderReceived starts a
/// state machine, each step a task with Retry and Catch; queues bring the commands to functions
/// that deduct stock and charge payments; a declined payment makes the state machine restore the
/// stock; a topic tells a notification service. The claim: an order is either fulfilled or
/// compensated.
namespace indoubt::saga::queues::as_published {

/// "Catch: compensate what was done." Of a step that timed out the text says nothing, so it counts
/// as one that was not done.
struct KnownStepsOnly : Orchestrator {
  using Orchestrator::on;
  void catch_unknown(Instance& instance, Context& ctx) override;
};

/// Every task has the same bounded Retry, those that compensate among them, and nothing comes after
/// it. There is no step behind the pivot but the notification.
struct StateMachine : KnownStepsOnly {
  using Orchestrator::on;
  using Orchestrator::replay;
  void on(const ResendDue& timer, Context& ctx);
  void replay(const PivotDone&, sim::OrderId order) {
    instances[order] = {.phase = Phase::completed};
  }

  void pass_pivot(Instance& instance, Context& ctx) override;
};

/// Handlers that do what a message says: the text does not say that one may come twice. A restored
/// stock is restored again, a step is done again, also after its compensation.
struct Function : queues::Function<saga::mutants::CompensatesTwice<saga::Participant>> {
  void on(const Deliver& message, Context& ctx);
};

}  // namespace indoubt::saga::queues::as_published
