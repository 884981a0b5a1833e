#pragma once

#include <utility>
#include <vector>

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/messaging/broker.hpp"
#include "protocols/kit/supervisor/options.hpp"
#include "protocols/saga/choreography/messages.hpp"
#include "protocols/saga/settings.hpp"

/// How the roles of the choreographed saga get on a blueprint.
namespace indoubt::saga::choreography {

/// Who sees which events, by `EventType`. A service that did its step undoes it when it sees that
/// another one has failed; nobody tells it to.
inline messaging::BrokerSettings event_log(const kit::Blueprint& blueprint) {
  const sim::NodeId order_service = blueprint.coordinator();
  const kit::NodeList& all = blueprint.services().all;
  const std::vector<sim::NodeId> services{all.begin(), all.end()};
  std::vector<sim::NodeId> everybody = services;
  everybody.push_back(order_service);
  return {.routes = {{.consumers = services},
                     {.consumers = {order_service}},
                     {.consumers = everybody, .no_local = true},
                     {.consumers = services}},
          .services = blueprint.services(),
          .dispatch = messaging::Dispatch::at_once,
          .invisible = options_of(blueprint).retry,
          .most_deliveries = options_of(blueprint).max_deliveries};
}

/// Puts these roles on their nodes. `O` is an order service and `P` a participant. Where several
/// processes take the events of a service, each of them is a `C`, and `P` their database.
template <typename O, typename P, typename C = Process>
void build(kit::Blueprint& blueprint) {
  const sim::NodeId log = blueprint.node_for(messaging::broker, messaging::broker);
  const auto settings = blueprint.keep(Settings{.services = blueprint.services(),
                                                .order_service = blueprint.coordinator(),
                                                .broker = log,
                                                .deadline = options_of(blueprint).call_timeout,
                                                .retry = options_of(blueprint).retry});
  O order_service;
  order_service.settings = settings;
  blueprint.place<Messages, Records>(blueprint.coordinator(), order_service);
  messaging::BrokerSettings made = event_log(blueprint);
  made.groups = messaging::consumer_groups(blueprint, options_of(blueprint).consumers);
  const std::vector<messaging::ConsumerGroup> groups = made.groups;
  messaging::Broker<Context, EventType> events;
  events.settings = blueprint.keep(std::move(made));
  blueprint.place<Messages, Records>(log, events);
  P participant;
  participant.settings = settings;
  kit::put_under_supervision(blueprint, participant);
  blueprint.place_services<Messages, Records>(participant);
  messaging::place_processes<Messages, Records>(blueprint, log, groups, C{});
  blueprint.traits = traits(blueprint);
  blueprint.traits.knows_poison = true;
  blueprint.traits.replicas = {{.nodes = {log}, .tolerated = 0}};
  messaging::need_processes(blueprint.traits, groups);
}

/// The supervisor stands in for the broker where that is lost.
template <typename S>
void add_supervisor(kit::Blueprint& blueprint) {
  kit::add_supervisor<Messages, Records, S>(blueprint, blueprint.coordinator());
  kit::let_supervisors_stand_in(blueprint, blueprint.traits.replicas.front());
}

}  // namespace indoubt::saga::choreography
