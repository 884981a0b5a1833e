#pragma once

#include "protocols/kit/supervisor/supervised_authority.hpp"
#include "protocols/kit/supervisor/supervised_service.hpp"
#include "protocols/saga/orchestrator.hpp"
#include "protocols/saga/participant.hpp"

/// The orchestrated saga under a supervisor, which reaches services that the orchestrator does not:
/// with commands by call or by queue, with semantic locks or without.
namespace indoubt::saga {

kit::KnownOutcome::State outcome_of(Orchestrator::Phase phase);

/// The authority. `O` is an orchestrator.
template <typename O>
struct KnowsOutcome : O {
  kit::KnownOutcome::State outcome(sim::OrderId order) const {
    return outcome_of(this->instances.at(order).phase);
  }
};
template <typename O>
using SupervisedOrchestrator = kit::SupervisedAuthority<KnowsOutcome<O>, Context>;

/// A step that is done is to be completed or compensated, as `P` does that; so it fails as well
/// where `P` does.
template <typename P>
struct Settles : P {
  using Phase = Participant::Phase;

  bool is_unfinished(sim::OrderId order) const { return this->phases.at(order) == Phase::done; }

  void settle(bool commits, Context& ctx) {
    if (P::is_poison(commits ? Command::complete : Command::compensate, ctx)) return;
    const Phase phase = this->phases[ctx.order()];
    if (commits && phase == Phase::done) P::complete(ctx);
    const bool can_be_undone = phase == Phase::unknown || phase == Phase::done;
    if (!commits && can_be_undone) P::compensate(ctx);
  }
};
template <typename P>
using SupervisedParticipant = kit::SupervisedService<Settles<P>, Context>;

}  // namespace indoubt::saga
