#pragma once

#include "protocols/kit/supervisor/supervised_authority.hpp"
#include "protocols/kit/supervisor/supervised_service.hpp"
#include "protocols/reservation/coordinator.hpp"
#include "protocols/reservation/participant.hpp"

/// Reservation under a supervisor, which has given back what was assigned to an order that was not
/// placed. Holds run out by themselves, but what is assigned does not.
namespace indoubt::reservation {

/// The authority.
struct KnowsOutcome : Coordinator {
  kit::KnownOutcome::State outcome(sim::OrderId order) const;
};
using SupervisedCoordinator = kit::SupervisedAuthority<KnowsOutcome, Context>;

/// What is assigned may have to be given back, until the order is placed.
struct Settles : Participant {
  bool is_unfinished(sim::OrderId order) const;
  void settle(bool commits, Context& ctx);
};
using SupervisedParticipant = kit::SupervisedService<Settles, Context>;

}  // namespace indoubt::reservation
