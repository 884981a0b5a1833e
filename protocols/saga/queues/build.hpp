#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/messaging/broker.hpp"
#include "protocols/kit/supervisor/options.hpp"
#include "protocols/saga/queues/messages.hpp"
#include "protocols/saga/queues/notification.hpp"
#include "protocols/saga/settings.hpp"

/// How the roles of the saga on queues and functions get on a blueprint.
namespace indoubt::saga::queues {

/// How long an attempt of a step waits, and the step in all. A first interval, a backoff of 2 and a
/// longest delay are what a state machine's Retry has, too.
inline kit::Retry step_retry(const Settings& calls) {
  const sim::Duration first = std::max(calls.call_timeout, kit::Retry::shortest);
  return {.first = first, .longest = std::max(first, calls.retry.longest)};
}
/// Saturates: options may be as long as a run can be, and longer.
inline sim::Duration time_of_all(std::uint32_t attempts, const kit::Retry& retry) {
  sim::Duration sum{};
  for (std::uint32_t i = 0; i < attempts; ++i) {
    const sim::Duration wait = retry.after(i);
    if (wait > sim::Duration::max() - sum) return sim::Duration::max();
    sum += wait;
  }
  return sum;
}

/// An event for the orchestrator, one for the notification service, and a queue for each service.
inline messaging::BrokerSettings routes(const Settings& settings, sim::NodeId notified,
                                        sim::Duration visibility, std::uint32_t most_receives) {
  messaging::BrokerSettings made{.routes = {{.consumers = {settings.orchestrator}},
                                            {.consumers = {notified}, .at_most_once = true}},
                                 .dispatch = messaging::Dispatch::at_once,
                                 .confirms = false,
                                 .invisible = {.first = visibility, .longest = visibility},
                                 .most_deliveries = most_receives};
  for (const sim::NodeId service : settings.services.all) {
    made.routes.insert(made.routes.end(), command_count, {.consumers = {service}});
  }
  return made;
}

/// Puts these roles on their nodes. `O` is an orchestrator and `F` a function. Where several
/// instances of it take messages from a queue, each of them is an `I`, and `F` their database.
template <typename O, typename F, typename I = Instance>
void build(kit::Blueprint& blueprint) {
  const sim::NodeId broker = blueprint.node_for(messaging::broker, messaging::broker);
  const sim::NodeId notified = blueprint.node_for(notification, notification);
  const Options options = options_of(blueprint);
  const Settings calls = orchestrated_settings(blueprint);
  Settings steps = calls;
  steps.retry = step_retry(calls);
  const auto settings = blueprint.keep(steps);
  O orchestrator;
  orchestrator.settings = settings;
  orchestrator.queues = blueprint.keep(
      QueueSettings{.broker = broker, .attempts = options.attempts, .front = calls.retry});
  blueprint.place<Messages, Records>(blueprint.coordinator(), orchestrator);
  messaging::BrokerSettings queues =
      routes(steps, notified, options.visibility_timeout, options.max_receives);
  queues.groups = messaging::consumer_groups(blueprint, options.consumers);
  const std::vector<messaging::ConsumerGroup> groups = queues.groups;
  messaging::Broker<Context, Topic> log;
  log.settings = blueprint.keep(std::move(queues));
  blueprint.place<Messages, Records>(broker, log);
  blueprint.place<Messages, Records>(notified, Notification{});
  F function;
  function.settings = settings;
  kit::put_under_supervision(blueprint, function);
  blueprint.place_services<Messages, Records>(function);
  messaging::place_processes<Messages, Records>(blueprint, broker, groups, I{});
  const sim::Duration longest = std::max(steps.retry.limit(), options.visibility_timeout);
  blueprint.traits = {.votes = false,
                      .decides = true,
                      .knows_poison = true,
                      .holds = has_semantic_locks(options),
                      .vote_timeout = time_of_all(options.attempts, steps.retry),
                      .longest_wait = longest,
                      .sweep = {},
                      .replicas = {{.nodes = {broker}, .tolerated = 0}}};
  messaging::need_processes(blueprint.traits, groups);
}

}  // namespace indoubt::saga::queues
