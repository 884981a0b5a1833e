#pragma once

#include <cstdint>

#include "protocols/saga/messages.hpp"

/// The orchestrated saga on queues and functions: what differs from calls. Its messages and records
/// are in the lists of the saga.
namespace indoubt::saga::queues {

using Publish = messaging::Publish<Topic>;
using Deliver = messaging::Deliver<Topic>;
using messaging::Consumed;
using messaging::RepublishDue;

/// What the orchestrator is told besides what every orchestrator is. Its `retry` says how long an
/// attempt waits for its result.
struct QueueSettings {
  sim::NodeId broker{};
  std::uint32_t attempts{};  ///< of a step, until its result counts as unknown
  kit::Retry front{};   ///< how long the front waits for its own event
};

}  // namespace indoubt::saga::queues
