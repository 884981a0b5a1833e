#pragma once

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/supervisor/options.hpp"
#include "protocols/saga/calls/build.hpp"
#include "protocols/saga/choreography/build.hpp"
#include "protocols/saga/choreography/order_service.hpp"
#include "protocols/saga/choreography/participant.hpp"
#include "protocols/saga/choreography/supervised.hpp"
#include "protocols/saga/orchestrator.hpp"
#include "protocols/saga/participant.hpp"
#include "protocols/saga/queues/build.hpp"
#include "protocols/saga/queues/function.hpp"
#include "protocols/saga/queues/orchestrator.hpp"
#include "protocols/saga/semantic_locks.hpp"
#include "protocols/saga/settings.hpp"
#include "protocols/saga/supervised.hpp"

/// What a saga is made of, and how it is put together. Four choices, each made in one place:
///
/// - the *transport*: `build` puts on their nodes the roles that it takes;
/// - *semantic locks*: `WithSemanticLocks`, other participants;
/// - *supervision*: `Supervised`, the same roles under a supervisor;
/// - a *planted mistake*: `With...`, a role of its own instead of the correct one.
namespace indoubt::saga {

/// The correct roles. Each transport has one that answers the client, and one for each service.
struct Roles {
  // Calls.
  using Orchestrator = saga::Orchestrator;
  using Participant = saga::Participant;
  // Queues.
  using StateMachine = queues::Orchestrator;
  using Function = queues::Function<saga::Participant>;
  using Instance = queues::Instance;  ///< of several
  // Events.
  using OrderService = choreography::OrderService;
  using Subscriber = choreography::Participant;
  using Process = choreography::Process;        ///< of several
  using Supervisor = choreography::Supervisor;  ///< if the deployment asks for one
};

template <typename O>
struct WithOrchestrator : Roles {
  using Orchestrator = O;
};
/// A service does the same on queues; only the command comes another way.
template <typename P>
struct WithParticipant : Roles {
  using Participant = P;
  using Function = queues::Function<P>;
};
template <typename O>
struct WithStateMachine : Roles {
  using StateMachine = O;
};
template <typename F>
struct WithFunction : Roles {
  using Function = F;
};
template <typename O>
struct WithOrderService : Roles {
  using OrderService = O;
};
template <typename P>
struct WithSubscriber : Roles {
  using Subscriber = P;
};
template <typename S>
struct WithSupervisor : Roles {
  using Supervisor = S;
};

/// Where there are any: see `has_semantic_locks`.
using WithSemanticLocks = WithParticipant<LockingParticipant>;

/// The role that answers the client is the authority, and each service reports what it has not
/// finished.
template <typename R>
struct Supervised {
  using Orchestrator = SupervisedOrchestrator<typename R::Orchestrator>;
  using Participant = SupervisedParticipant<typename R::Participant>;
  using StateMachine = SupervisedOrchestrator<typename R::StateMachine>;
  using Function = SupervisedParticipant<typename R::Function>;
  using Instance = typename R::Instance;
  using OrderService = choreography::SupervisedOrderService<typename R::OrderService>;
  using Subscriber = choreography::SupervisedParticipant<typename R::Subscriber>;
  using Process = typename R::Process;
};

/// Builds the roles of `R` that belong to the deployment's transport. A mistake in a role of
/// another transport changes nothing.
template <typename R>
void build(kit::Blueprint& blueprint) {
  switch (transport_of(blueprint)) {
    case Transport::calls:
      return calls::build<typename R::Orchestrator, typename R::Participant>(blueprint);
    case Transport::queues:
      return queues::build<typename R::StateMachine, typename R::Function, typename R::Instance>(
          blueprint);
    case Transport::events:
      return choreography::build<typename R::OrderService, typename R::Subscriber,
                                 typename R::Process>(blueprint);
  }
}

/// The same, with a supervisor if the deployment asks for one.
template <typename R>
void supervise(kit::Blueprint& blueprint) {
  if (!kit::is_supervised(blueprint)) return build<R>(blueprint);
  build<Supervised<R>>(blueprint);
  transport_of(blueprint) == Transport::events
      ? choreography::add_supervisor<typename R::Supervisor>(blueprint)
      : kit::add_supervisor<Messages, Records>(blueprint, blueprint.coordinator());
}

/// What the options say.
inline void build_correct(kit::Blueprint& blueprint) {
  options_of(blueprint).semantic_locks ? supervise<WithSemanticLocks>(blueprint)
                                       : supervise<Roles>(blueprint);
}

}  // namespace indoubt::saga
