#pragma once

#include "protocols/two_phase_commit/coordinator.hpp"
#include "protocols/two_phase_commit/participant.hpp"

/// Two-phase commit before anybody presumed anything: an abort is decided, told and acknowledged
/// just as a commit is. Source: the basic protocol of Mohan, Lindsay, Obermarck (1986).
namespace indoubt::two_phase_commit {

/// Forces the abort, too, and tells it until all have acknowledged. Only an order whose votes were
/// not all in when it crashed has no record: that one is aborted.
struct PresumedNothingCoordinator : Coordinator {
  using Coordinator::replay;
  void replay(const AbortDecision&, sim::OrderId order);

  void abort(Transaction& transaction, Context& ctx) override;
};

/// Acknowledges an abort, too, so it must be durable first.
struct PresumedNothingParticipant : Participant {
  using Participant::on;
  void on(const Abort& abort, Context& ctx);
};

}  // namespace indoubt::two_phase_commit
