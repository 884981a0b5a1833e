#pragma once

#include "protocols/kit/supervisor/supervised_authority.hpp"
#include "protocols/kit/supervisor/supervised_service.hpp"
#include "protocols/kit/supervisor/supervisor.hpp"
#include "protocols/saga/choreography/order_service.hpp"
#include "protocols/saga/choreography/participant.hpp"

/// The choreographed saga under a supervisor, which reads and finishes what the events on the log
/// do not: a step whose order was not placed, and nobody was there to tell it.
namespace indoubt::saga::choreography {

using Supervisor = kit::Supervisor<Context>;

/// The authority: answers from its log what became of an order, but for how the client was told.
struct KnowsOutcome : OrderService {
  kit::KnownOutcome::State outcome(sim::OrderId order) const;
};
using SupervisedOrderService = kit::SupervisedAuthority<KnowsOutcome, Context>;

/// A step that is done is not final: it may have to be undone.
struct Settles : Participant {
  bool is_unfinished(sim::OrderId order) const { return branches.at(order).phase == Phase::done; }
  void settle(bool commits, Context& ctx);
};
using SupervisedParticipant = kit::SupervisedService<Settles, Context>;

}  // namespace indoubt::saga::choreography
