#pragma once

#include "protocols/tcc/initiator.hpp"
#include "protocols/tcc/manager.hpp"
#include "protocols/tcc/participant.hpp"

/// Try, confirm, cancel with one mistake each, as people make it. Every mutant is the correct role
/// but for the handlers that it declares; `family.cpp` says what each of them breaks, and where it
/// was seen.
namespace indoubt::tcc::mutants {

/// M-D01: gives back what was never taken.
struct EmptyRollbackRuns : Participant {
  using Participant::on;
  void on(const Cancel& message, Context& ctx);
};

/// M-D02: leaves nothing behind when it is cancelled before it is tried.
struct HangingTry : Participant {
  using Participant::on;
  void on(const Cancel& message, Context& ctx);
};

/// M-D03: confirms once for each copy of the call.
struct ConfirmNotIdempotent : Participant {
  using Participant::on;
  void on(const Confirm& message, Context& ctx);
};

/// M-D04: takes a confirm that is not answered for one that failed, and cancels the branch.
struct ConfirmFailureCancels : Manager {
  using Manager::on;
  void on(const ResendDue& due, Context& ctx);
  void on(const Cancelled& message, Context& ctx);
};

/// M-D05: writes the row of the fence first, and the change of the stock in a transaction of its
/// own.
struct FenceOutsideTransaction : Participant {
  using Participant::on;
  void on(const Confirm& message, Context& ctx);
  void on(const Cancel& message, Context& ctx);
};

/// M-D10: takes branches in when the transaction is closed already.
struct RegisterAfterClose : Manager {
  using Manager::on;
  void on(const Register& registration, Context& ctx);
};

/// X-TCC-01: tells the initiator before the decision is durable.
struct SubmittedBeforeForce : Manager {
  using Manager::on;
  void on(const Submit& request, Context& ctx);
};

/// X-TCC-02: answers a confirm that is not durable yet.
struct ConfirmedBeforeForce : Participant {
  using Participant::on;
  void on(const Confirm& message, Context& ctx);
};

/// X-TCC-03: tells every branch once.
struct TellsOnce : Manager {
  using Manager::on;
  void on(const ResendDue&, Context&) {}
};

/// X-TCC-04: submits though an abort came before.
struct SubmitReopens : Manager {
  using Manager::on;
  void on(const Submit& request, Context& ctx);
};

/// X-TCC-05: tries every service at once, and has it registered meanwhile.
struct TriesBeforeRegistered : Initiator {
  using Initiator::on;
  void on(const Began& began, Context& ctx);
  void on(const Registered&, Context&) {}
};

}  // namespace indoubt::tcc::mutants
