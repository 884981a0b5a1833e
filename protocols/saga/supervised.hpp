#pragma once

#include "protocols/business/supervisor/supervised_authority.hpp"
#include "protocols/business/supervisor/supervised_service.hpp"
#include "protocols/saga/orchestrator.hpp"
#include "protocols/saga/participant.hpp"
#include "protocols/saga/semantic_locks.hpp"

/// The orchestrated saga under a supervisor, which reaches services that the orchestrator does not.
namespace indoubt::saga {

/// The authority.
struct KnowsOutcome : Orchestrator {
  business::KnownOutcome::State outcome(sim::OrderId order) const;
};
using SupervisedOrchestrator = business::SupervisedAuthority<KnowsOutcome, Context>;

/// A step that is done is to be completed or compensated, as `P` does that.
template <typename P>
struct Settles : P {
  using Phase = Participant::Phase;

  bool is_unfinished(sim::OrderId order) const { return this->phases.at(order) == Phase::done; }

  void settle(bool commits, Context& ctx) {
    const Phase phase = this->phases[ctx.order()];
    if (commits && phase == Phase::done) P::complete(ctx);
    const bool can_be_undone = phase == Phase::unknown || phase == Phase::done;
    if (!commits && can_be_undone) P::compensate(ctx);
  }
};
using SupervisedParticipant = business::SupervisedService<Settles<Participant>, Context>;
using SupervisedLockingParticipant =
    business::SupervisedService<Settles<LockingParticipant>, Context>;

}  // namespace indoubt::saga
