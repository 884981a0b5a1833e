#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/retry.hpp"
#include "protocols/saga/messages.hpp"

/// What a deployment's options say about a saga.
namespace indoubt::saga {

/// The styles; the first is the default.
inline constexpr std::string_view orchestrated = "orchestrated";
inline constexpr std::string_view choreographed = "choreographed";

/// How services hear what to do: from an orchestrator, by call or by queue, or from events.
enum class Transport : std::uint8_t { calls, queues, events };

inline Transport transport_of(const kit::Blueprint& blueprint) {
  const auto style = blueprint.option<std::string>("style", std::string{orchestrated});
  if (style == choreographed) return Transport::events;
  return blueprint.option<bool>("queues", false) ? Transport::queues : Transport::calls;
}

inline bool has_semantic_locks(const kit::Blueprint& blueprint) {
  return blueprint.option<bool>("semantic_locks", false);
}

inline sim::Duration call_timeout(const kit::Blueprint& blueprint) {
  return blueprint.option<sim::Duration>("call_timeout", std::chrono::seconds{1});
}

inline kit::Retry retry(const kit::Blueprint& blueprint) {
  const kit::Retry usual;
  return {.first = blueprint.option<sim::Duration>("retry", usual.first),
          .longest = blueprint.option<sim::Duration>("retry_max", usual.longest)};
}

/// Of the orchestrator and its services, where commands are calls.
inline Settings orchestrated_settings(const kit::Blueprint& blueprint) {
  return {.services = blueprint.services(),
          .orchestrator = blueprint.coordinator(),
          .call_timeout = call_timeout(blueprint),
          .retry = retry(blueprint)};
}

/// But for what a broker adds.
inline kit::FamilyTraits traits(const kit::Blueprint& blueprint) {
  const sim::Duration timeout = call_timeout(blueprint);
  const sim::Duration longest = std::max(timeout, retry(blueprint).longest);
  return {.votes = false,
          .decides = true,
          .vote_timeout = timeout,
          .longest_timeout = longest,
          .longest_wait = longest,
          .sweep = {}};
}

}  // namespace indoubt::saga
