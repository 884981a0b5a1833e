#pragma once

#include "protocols/kit/supervisor/supervised_authority.hpp"
#include "protocols/kit/supervisor/supervised_service.hpp"
#include "protocols/kit/supervisor/supervisor.hpp"
#include "protocols/saga/choreography/order_service.hpp"
#include "protocols/saga/choreography/participant.hpp"

/// The choreographed saga under a supervisor, which finishes what the events do not: a step of an
/// order that was not placed, at a service that no event has told so.
namespace indoubt::saga::choreography {

using Supervisor = kit::Supervisor<Context>;

kit::KnownOutcome::State outcome_of(const OrderService::Order& order);

/// The authority: answers from its log what became of an order. `O` is an order service.
template <typename O>
struct KnowsOutcome : O {
  kit::KnownOutcome::State outcome(sim::OrderId order) const {
    return outcome_of(this->orders.at(order));
  }
};
template <typename O>
using SupervisedOrderService = kit::SupervisedAuthority<KnowsOutcome<O>, Context>;

/// A step that is done is not final: it may have to be undone, as `P` does that.
template <typename P>
struct Settles : P {
  using Phase = Participant::Phase;

  bool is_unfinished(sim::OrderId order) const {
    return this->branches.at(order).phase == Phase::done;
  }

  /// The same command as the event that did not come, so it does the same, once, or fails as that.
  void settle(bool commits, Context& ctx) {
    if (!commits && P::is_poison(Command::compensate, ctx)) return;
    const Participant::Branch& branch = this->branches[ctx.order()];
    const bool can_be_undone = branch.phase == Phase::unknown || branch.phase == Phase::done;
    if (!commits && can_be_undone) P::compensate(ctx);
  }
};
template <typename P>
using SupervisedParticipant = kit::SupervisedService<Settles<P>, Context>;

}  // namespace indoubt::saga::choreography
