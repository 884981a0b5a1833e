#pragma once

#include <cstdint>

#include "protocols/kit/messaging/consumer_process.hpp"
#include "protocols/saga/messages.hpp"

/// The orchestrated saga on queues and functions: what differs from calls. Its messages and records
/// are in the lists of the saga.
namespace indoubt::saga::queues {

using Publish = messaging::Publish<Topic>;
using Deliver = messaging::Deliver<Topic>;
using messaging::Consumed;
using messaging::RepublishDue;

/// One of several instances of a function, which take a message each from the queue of their
/// service and share its database.
using Instance = messaging::ConsumerProcess<Context, Topic>;

/// What the orchestrator is told besides what every orchestrator is. Its `retry` says how long an
/// attempt waits for its result.
struct QueueSettings {
  sim::NodeId broker{};
  std::uint32_t attempts{};  ///< of a step, until its result counts as unknown
  kit::Retry front{};        ///< how long the front waits for its own event
};

}  // namespace indoubt::saga::queues
