#pragma once

#include "protocols/saga/orchestrator.hpp"
#include "protocols/saga/participant.hpp"

/// Orchestrated sagas with one mistake each, as people make it. Every mutant is the correct role
/// but for the handlers that it declares; `family.cpp` says what each of them breaks, and where it
/// was seen.
namespace indoubt::saga::mutants {

/// M-E01: has nothing to undo and keeps nothing in mind, so the step can still come and be done.
struct NoTombstone : Participant {
  using Participant::on;
  void on(const Compensate& command, Context& ctx);
};

/// M-E02: takes an unknown result for a failure.
struct UnknownIsFailure : Orchestrator {
  using Orchestrator::on;
  void on(const CallTimeout&, Context& ctx);
};

/// M-E04: every copy of a compensation gives the units back once more.
struct CompensatesTwice : Participant {
  using Participant::on;
  void on(const Compensate& command, Context& ctx);
  /// It keeps the units of a compensated order in memory, though its records say that there are
  /// none.
  void lose_memory();
};

/// M-E05: a compensation that is not answered counts as failed, and that is the end of the saga.
struct GivesUpCompensating : Orchestrator {
  using Orchestrator::on;
  void on(const ResendDue& timer, Context& ctx);
};

/// M-E07: a step behind the pivot that is not answered counts as failed, and the saga goes back.
struct PivotCompensated : Orchestrator {
  using Orchestrator::on;
  void on(const ResendDue& timer, Context& ctx);
};

/// X-SAGA-01: remembers what it is about to do, in memory.
struct IntentNotForced : Orchestrator {
  using Orchestrator::on;
  void on(const kit::PlaceOrder&, Context& ctx);
  void on(const StepDone& done, Context& ctx);
  void begin_step_in_memory(Instance& instance, std::uint32_t step, Context& ctx);
};

/// X-SAGA-02: the client is told before the pivot is durable.
struct PlacedBeforeForce : Orchestrator {
  using Orchestrator::on;
  void on(const StepDone& done, Context& ctx);
};

/// X-SAGA-03: a step is told before it is durable.
struct DoneBeforeForce : Participant {
  using Participant::on;
  void on(const Step& command, Context& ctx);
};

/// X-SAGA-04: the command has no id, so every copy of it is done.
struct StepHasNoId : Participant {
  using Participant::on;
  void on(const Step& command, Context& ctx);
};

/// X-SAGA-05: a step that is done after all lets an order go on that is being undone.
struct LateAnswerRevives : Orchestrator {
  using Orchestrator::on;
  void on(const StepDone& done, Context& ctx);
};

}  // namespace indoubt::saga::mutants
