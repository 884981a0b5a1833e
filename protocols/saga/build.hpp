#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/business/blueprint.hpp"
#include "protocols/business/messaging/broker.hpp"
#include "protocols/saga/choreography/order_service.hpp"
#include "protocols/saga/choreography/participant.hpp"
#include "protocols/saga/choreography/supervised.hpp"
#include "protocols/saga/orchestrator.hpp"
#include "protocols/saga/participant.hpp"
#include "protocols/saga/queues/as_published.hpp"
#include "protocols/saga/queues/build.hpp"
#include "protocols/saga/semantic_locks.hpp"

/// How the roles of each style get on a blueprint: the correct ones, or mutants of them.
namespace indoubt::saga {

/// The role of the supervisor, and the default name of its node.
inline constexpr std::string_view supervisor = "supervisor";
/// The styles; the first is the default.
inline constexpr std::string_view orchestrated = "orchestrated";
inline constexpr std::string_view choreographed = "choreographed";

inline sim::Duration call_timeout(const business::Blueprint& blueprint) {
  return blueprint.option<sim::Duration>("call_timeout", std::chrono::seconds{1});
}

inline business::Retry retry(const business::Blueprint& blueprint) {
  const business::Retry usual;
  return {.first = blueprint.option<sim::Duration>("retry", usual.first),
          .longest = blueprint.option<sim::Duration>("retry_max", usual.longest)};
}

inline business::FamilyTraits traits(const business::Blueprint& blueprint) {
  const sim::Duration timeout = call_timeout(blueprint);
  const sim::Duration longest = std::max(timeout, retry(blueprint).longest);
  return {.votes = false,
          .decides = true,
          .vote_timeout = timeout,
          .longest_timeout = longest,
          .longest_wait = longest,
          .sweep = {}};
}

inline Settings orchestrated_settings(const business::Blueprint& blueprint) {
  return {.services = blueprint.services(),
          .orchestrator = blueprint.coordinator(),
          .call_timeout = call_timeout(blueprint),
          .retry = retry(blueprint)};
}

template <typename O = Orchestrator, typename P = Participant>
void build_orchestrated(business::Blueprint& blueprint) {
  const auto settings = blueprint.keep(orchestrated_settings(blueprint));
  O orchestrator;
  orchestrator.settings = settings;
  blueprint.place<Messages, Records>(blueprint.coordinator(), orchestrator);
  for (const sim::NodeId service : blueprint.stock_nodes()) {
    P participant;
    participant.settings = settings;
    participant.stock = business::Stock{*blueprint.stock_of(service)};
    blueprint.place<Messages, Records>(service, participant);
  }
  blueprint.traits = traits(blueprint);
}

template <typename O = queues::Orchestrator, typename F = queues::Function<>>
void build_queued(business::Blueprint& blueprint) {
  queues::build<O, F>(blueprint, orchestrated_settings(blueprint));
}

/// Who sees which events, by `EventType`. Whoever did a step of the order undoes it when another
/// one fails, without being told to by anybody.
inline messaging::BrokerSettings event_log(const business::Blueprint& blueprint) {
  const sim::NodeId order_service = blueprint.coordinator();
  const std::vector<sim::NodeId> services{blueprint.services().begin(), blueprint.services().end()};
  std::vector<sim::NodeId> everybody = services;
  everybody.push_back(order_service);
  return {.routes = {{.consumers = services},
                     {.consumers = {order_service}},
                     {.consumers = everybody, .no_local = true},
                     {.consumers = services}},
          .dispatch = messaging::Dispatch::at_once,
          .invisible = retry(blueprint)};
}

/// How often a supervisor hears of what is unfinished, and how old that must be for it to care.
/// At least a millisecond: whoever looked all the time would leave no time to pass.
inline sim::Duration supervisor_period(const business::Blueprint& blueprint) {
  const auto asked = blueprint.option<sim::Duration>("supervisor_period", std::chrono::seconds{1});
  return std::max<sim::Duration>(asked, std::chrono::milliseconds{1});
}
inline sim::Duration supervisor_grace(const business::Blueprint& blueprint) {
  return blueprint.option<sim::Duration>("supervisor_grace", std::chrono::seconds{2});
}

/// Puts a supervisor on its node, which stands in for the broker where that is lost.
template <typename S>
void add_supervisor(business::Blueprint& blueprint, sim::NodeId node, sim::NodeId log) {
  S role;
  role.settings =
      blueprint.keep(business::SupervisorSettings{.services = blueprint.services(),
                                                  .authority = blueprint.coordinator(),
                                                  .grace = supervisor_grace(blueprint)});
  blueprint.place<choreography::Messages, choreography::Records>(node, role);
  business::FamilyTraits& traits = blueprint.traits;
  const sim::Duration slowest = supervisor_grace(blueprint) + supervisor_period(blueprint);
  traits.longest_timeout = std::max(traits.longest_timeout, slowest);
  traits.longest_wait = std::max(traits.longest_wait, slowest);
  traits.replicas = {{.nodes = {log, node}, .tolerated = 1}};
}

/// `S` is a supervisor, or `void` if there is none.
template <typename O = choreography::OrderService, typename P = choreography::Participant,
          typename S = void>
void build_choreographed(business::Blueprint& blueprint) {
  using choreography::Messages;
  using choreography::Records;
  constexpr bool is_supervised = !std::is_void_v<S>;
  const sim::NodeId log = blueprint.node_for(messaging::broker, messaging::broker);
  const sim::NodeId supervising =
      is_supervised ? blueprint.node_for(supervisor, supervisor) : sim::no_node;
  const auto settings =
      blueprint.keep(choreography::Settings{.services = blueprint.services(),
                                            .order_service = blueprint.coordinator(),
                                            .broker = log,
                                            .deadline = call_timeout(blueprint),
                                            .retry = retry(blueprint),
                                            .supervisor = supervising,
                                            .review = supervisor_period(blueprint)});
  O order_service;
  order_service.settings = settings;
  blueprint.place<Messages, Records>(blueprint.coordinator(), order_service);
  messaging::Broker<choreography::Context, choreography::EventType> events;
  events.settings = blueprint.keep(event_log(blueprint));
  blueprint.place<Messages, Records>(log, events);
  for (const sim::NodeId service : blueprint.stock_nodes()) {
    P participant;
    participant.settings = settings;
    participant.stock = business::Stock{*blueprint.stock_of(service)};
    blueprint.place<Messages, Records>(service, participant);
  }
  blueprint.traits = traits(blueprint);
  blueprint.traits.replicas = {{.nodes = {log}, .tolerated = 0}};
  if constexpr (is_supervised) add_supervisor<S>(blueprint, supervising, log);
}

/// Choreographed, with the supervisor that the mistake is one of.
template <typename S = choreography::Supervisor>
void build_supervised(business::Blueprint& blueprint) {
  build_choreographed<choreography::SupervisedOrderService, choreography::SupervisedParticipant, S>(
      blueprint);
}

inline bool is_choreographed(const business::Blueprint& blueprint) {
  return blueprint.option<std::string>("style", std::string{orchestrated}) == choreographed;
}

inline bool is_queued(const business::Blueprint& blueprint) {
  return !is_choreographed(blueprint) && blueprint.option<bool>("queues", false);
}

/// The deployment's style; these roles if it is orchestrated. What a service does is the same on
/// queues, but for who brings the command.
template <typename O = Orchestrator, typename P = Participant>
void orchestrate(business::Blueprint& blueprint) {
  if (is_choreographed(blueprint)) return build_choreographed<>(blueprint);
  is_queued(blueprint) ? build_queued<queues::Orchestrator, queues::Function<P>>(blueprint)
                       : build_orchestrated<O, P>(blueprint);
}

/// The deployment's style; these roles if it is choreographed.
template <typename O = choreography::OrderService, typename P = choreography::Participant>
void choreograph(business::Blueprint& blueprint) {
  if (!is_choreographed(blueprint)) return orchestrate<>(blueprint);
  build_choreographed<O, P>(blueprint);
}

inline bool has_supervisor(const business::Blueprint& blueprint) {
  return is_choreographed(blueprint) && blueprint.option<bool>("supervisor", false);
}

/// What the options say, without mistakes.
inline void build_correct(business::Blueprint& blueprint) {
  const bool has_locks = blueprint.option<bool>("semantic_locks", false);
  if (has_supervisor(blueprint)) return build_supervised<>(blueprint);
  has_locks ? orchestrate<Orchestrator, LockingParticipant>(blueprint) : orchestrate<>(blueprint);
}

/// The same, but for these roles if it is on queues.
template <typename O = queues::Orchestrator, typename F = queues::Function<>>
void queue(business::Blueprint& blueprint) {
  is_queued(blueprint) ? build_queued<O, F>(blueprint) : build_correct(blueprint);
}

/// As published it is on queues, whatever the options say.
inline void build_as_published(business::Blueprint& blueprint) {
  build_queued<queues::as_published::StateMachine, queues::as_published::Function>(blueprint);
}

/// The same, but for this supervisor if there is one.
template <typename S>
void supervise(business::Blueprint& blueprint) {
  has_supervisor(blueprint) ? build_supervised<S>(blueprint) : build_correct(blueprint);
}

}  // namespace indoubt::saga
