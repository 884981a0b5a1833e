#pragma once

#include <algorithm>
#include <cstdint>

#include "protocols/kit/blueprint.hpp"
#include "protocols/saga/messages.hpp"
#include "protocols/saga/options.hpp"

/// What a deployment's options say about a saga.
namespace indoubt::saga {

inline Options options_of(const kit::Blueprint& blueprint) {
  return kit::read(option_rows(), blueprint);
}

/// How services hear what to do: from an orchestrator, by call or by queue, or from events.
enum class Transport : std::uint8_t { calls, queues, events };

inline Transport transport_of(const kit::Blueprint& blueprint) {
  const Options options = options_of(blueprint);
  if (options.style == Options::Style::choreographed) return Transport::events;
  return options.queues ? Transport::queues : Transport::calls;
}

/// A choreographed saga has none: nobody tells services that an order is placed, so a lock would
/// never end.
inline bool has_semantic_locks(const Options& options) {
  return options.semantic_locks && options.style == Options::Style::orchestrated;
}

/// Of the orchestrator and its services, where commands are calls.
inline Settings orchestrated_settings(const kit::Blueprint& blueprint) {
  const Options options = options_of(blueprint);
  return {.services = blueprint.services(),
          .orchestrator = blueprint.coordinator(),
          .call_timeout = options.call_timeout,
          .retry = options.retry};
}

/// Without the timers of a broker.
inline kit::FamilyTraits traits(const kit::Blueprint& blueprint) {
  const Options options = options_of(blueprint);
  const sim::Duration longest = std::max(options.call_timeout, options.retry.limit());
  return {.votes = false,
          .decides = true,
          .holds = has_semantic_locks(options),
          .vote_timeout = options.call_timeout,
          .longest_wait = longest,
          .sweep = {}};
}

}  // namespace indoubt::saga
