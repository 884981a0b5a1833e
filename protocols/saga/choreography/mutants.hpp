#pragma once

#include "protocols/saga/choreography/order_service.hpp"
#include "protocols/saga/choreography/participant.hpp"
#include "protocols/saga/choreography/supervised.hpp"

/// Choreographed sagas with one mistake each.
namespace indoubt::saga::choreography::mutants {

/// M-E14: an event that undoes an order of which it has not heard means nothing to it.
struct EarlyCancelDropped : Participant {
  using Participant::on;
  void on(const Deliver& event, Context& ctx);
};

/// X-SAGA-06: acknowledges an event before what it called for is durable.
struct ConsumedBeforeForce : Participant {
  using Participant::on;
  void on(const Deliver& event, Context& ctx);
};

/// X-SAGA-07: nobody owns the deadline, so nobody says that an order takes too long; the client is
/// told all the same.
struct SilentTimeout : OrderService {
  using OrderService::on;
  void on(const DeadlineDue&, Context& ctx);
};

/// M-H10: takes an order that nobody has decided yet for one that got stuck.
struct NoGrace : Supervisor {
  using Supervisor::on;
  void on(const kit::Unfinished& record, Context& ctx);
  void on(const kit::KnownOutcome& outcome, Context& ctx);
};

}  // namespace indoubt::saga::choreography::mutants
