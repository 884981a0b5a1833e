#pragma once

#include <algorithm>
#include <vector>

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/messaging/broker.hpp"
#include "protocols/kit/supervisor/options.hpp"
#include "protocols/saga/choreography/order_service.hpp"
#include "protocols/saga/choreography/participant.hpp"
#include "protocols/saga/choreography/supervised.hpp"
#include "protocols/saga/options.hpp"
#include "protocols/saga/orchestrator.hpp"
#include "protocols/saga/participant.hpp"
#include "protocols/saga/queues/as_published.hpp"
#include "protocols/saga/queues/build.hpp"
#include "protocols/saga/semantic_locks.hpp"
#include "protocols/saga/supervised.hpp"

/// How the roles of each style get on a blueprint: the correct ones, or mutants of them.
namespace indoubt::saga {

inline Options options_of(const kit::Blueprint& blueprint) {
  return kit::read(option_rows(), blueprint);
}

inline kit::FamilyTraits traits(const kit::Blueprint& blueprint) {
  const Options options = options_of(blueprint);
  const sim::Duration longest = std::max(options.call_timeout, options.retry.longest);
  return {.votes = false,
          .decides = true,
          .vote_timeout = options.call_timeout,
          .longest_timeout = longest,
          .longest_wait = longest,
          .sweep = {}};
}

inline Settings orchestrated_settings(const kit::Blueprint& blueprint) {
  const Options options = options_of(blueprint);
  return {.services = blueprint.services(),
          .orchestrator = blueprint.coordinator(),
          .call_timeout = options.call_timeout,
          .retry = options.retry};
}

template <typename O = Orchestrator, typename P = Participant>
void build_orchestrated(kit::Blueprint& blueprint) {
  const auto settings = blueprint.keep(orchestrated_settings(blueprint));
  O orchestrator;
  orchestrator.settings = settings;
  blueprint.place<Messages, Records>(blueprint.coordinator(), orchestrator);
  for (const sim::NodeId service : blueprint.stock_nodes()) {
    P participant;
    participant.settings = settings;
    participant.stock = kit::Stock{*blueprint.stock_of(service)};
    kit::put_under_supervision(blueprint, participant);
    blueprint.place<Messages, Records>(service, participant);
  }
  blueprint.traits = traits(blueprint);
}

template <typename O = queues::Orchestrator, typename F = queues::Function<>>
void build_queued(kit::Blueprint& blueprint) {
  queues::build<O, F>(blueprint, orchestrated_settings(blueprint));
}

/// Who sees which events, by `EventType`. Whoever did a step of the order undoes it when another
/// one fails, without being told to by anybody.
inline messaging::BrokerSettings event_log(const kit::Blueprint& blueprint) {
  const sim::NodeId order_service = blueprint.coordinator();
  const std::vector<sim::NodeId> services{blueprint.services().begin(), blueprint.services().end()};
  std::vector<sim::NodeId> everybody = services;
  everybody.push_back(order_service);
  return {.routes = {{.consumers = services},
                     {.consumers = {order_service}},
                     {.consumers = everybody, .no_local = true},
                     {.consumers = services}},
          .dispatch = messaging::Dispatch::at_once,
          .invisible = options_of(blueprint).retry};
}

template <typename O = choreography::OrderService, typename P = choreography::Participant>
void build_choreographed(kit::Blueprint& blueprint) {
  using choreography::Messages;
  using choreography::Records;
  const sim::NodeId log = blueprint.node_for(messaging::broker, messaging::broker);
  const Options options = options_of(blueprint);
  const auto settings =
      blueprint.keep(choreography::Settings{.services = blueprint.services(),
                                            .order_service = blueprint.coordinator(),
                                            .broker = log,
                                            .deadline = options.call_timeout,
                                            .retry = options.retry});
  O order_service;
  order_service.settings = settings;
  blueprint.place<Messages, Records>(blueprint.coordinator(), order_service);
  messaging::Broker<choreography::Context, choreography::EventType> events;
  events.settings = blueprint.keep(event_log(blueprint));
  blueprint.place<Messages, Records>(log, events);
  for (const sim::NodeId service : blueprint.stock_nodes()) {
    P participant;
    participant.settings = settings;
    participant.stock = kit::Stock{*blueprint.stock_of(service)};
    kit::put_under_supervision(blueprint, participant);
    blueprint.place<Messages, Records>(service, participant);
  }
  blueprint.traits = traits(blueprint);
  blueprint.traits.replicas = {{.nodes = {log}, .tolerated = 0}};
}

/// Choreographed, with the supervisor that the mistake is one of. It stands in for the broker where
/// that is lost.
template <typename S = choreography::Supervisor>
void build_supervised_choreography(kit::Blueprint& blueprint) {
  using choreography::Messages;
  using choreography::Records;
  build_choreographed<choreography::SupervisedOrderService, choreography::SupervisedParticipant>(
      blueprint);
  kit::add_supervisor<Messages, Records, S>(blueprint, blueprint.coordinator());
  kit::let_supervisors_stand_in(blueprint, blueprint.traits.replicas.front());
}

inline bool is_choreographed(const kit::Blueprint& blueprint) {
  return options_of(blueprint).style == Options::Style::choreographed;
}

inline bool is_queued(const kit::Blueprint& blueprint) {
  return !is_choreographed(blueprint) && options_of(blueprint).queues;
}

/// The deployment's style; these roles if it is orchestrated. What a service does is the same on
/// queues, but for who brings the command.
template <typename O = Orchestrator, typename P = Participant>
void orchestrate(kit::Blueprint& blueprint) {
  if (is_choreographed(blueprint)) return build_choreographed<>(blueprint);
  is_queued(blueprint) ? build_queued<queues::Orchestrator, queues::Function<P>>(blueprint)
                       : build_orchestrated<O, P>(blueprint);
}

/// The deployment's style; these roles if it is choreographed.
template <typename O = choreography::OrderService, typename P = choreography::Participant>
void choreograph(kit::Blueprint& blueprint) {
  if (!is_choreographed(blueprint)) return orchestrate<>(blueprint);
  build_choreographed<O, P>(blueprint);
}

/// Orchestrated, with a supervisor. `P` is the service.
template <typename P>
void build_supervised_orchestration(kit::Blueprint& blueprint) {
  is_queued(blueprint)
      ? build_queued<SupervisedOrchestrator<queues::Orchestrator>,
                     SupervisedParticipant<queues::Function<P>>>(blueprint)
      : build_orchestrated<SupervisedOrchestrator<Orchestrator>, SupervisedParticipant<P>>(
            blueprint);
  kit::add_supervisor<Messages, Records>(blueprint, blueprint.coordinator());
}

/// The deployment's style with a supervisor; this one if it is choreographed.
template <typename S = choreography::Supervisor>
void build_supervised(kit::Blueprint& blueprint) {
  if (is_choreographed(blueprint)) return build_supervised_choreography<S>(blueprint);
  const bool has_locks = options_of(blueprint).semantic_locks;
  has_locks ? build_supervised_orchestration<LockingParticipant>(blueprint)
            : build_supervised_orchestration<Participant>(blueprint);
}

/// What the options say, without mistakes.
inline void build_correct(kit::Blueprint& blueprint) {
  if (kit::is_supervised(blueprint)) return build_supervised<>(blueprint);
  const bool has_locks = options_of(blueprint).semantic_locks;
  has_locks ? orchestrate<Orchestrator, LockingParticipant>(blueprint) : orchestrate<>(blueprint);
}

/// The same, but for these roles if it is on queues.
template <typename O = queues::Orchestrator, typename F = queues::Function<>>
void queue(kit::Blueprint& blueprint) {
  is_queued(blueprint) ? build_queued<O, F>(blueprint) : build_correct(blueprint);
}

/// As published it is on queues, whatever the options say.
inline void build_as_published(kit::Blueprint& blueprint) {
  build_queued<queues::as_published::StateMachine, queues::as_published::Function>(blueprint);
}

/// The same, but for this supervisor if there is one.
template <typename S>
void supervise(kit::Blueprint& blueprint) {
  kit::is_supervised(blueprint) ? build_supervised<S>(blueprint) : build_correct(blueprint);
}

}  // namespace indoubt::saga
