#pragma once

#include <cstdint>

#include "protocols/kit/messaging/consumer_groups.hpp"
#include "protocols/kit/options.hpp"
#include "protocols/kit/retry.hpp"

namespace indoubt::outbox {

/// What users may set.
struct Options {
  enum class Relay : std::uint8_t { polling, log_tailing };
  enum class Claim : std::uint8_t { lease, skip_locked, none };

  Relay relay = Relay::polling;
  /// How long the relay sleeps when it has found nothing.
  sim::Duration poll = std::chrono::milliseconds{100};
  /// How many relays there are. A single one runs on the order service's node.
  std::uint64_t relays = 1;
  Claim claim = Claim::lease;  ///< what keeps several apart
  sim::Duration relay_lease = std::chrono::seconds{3};
  /// The longest time that a business transaction stays open.
  sim::Duration transaction = std::chrono::milliseconds{10};
  /// How long a polling relay waits for an id that is missing; 0: it does not go by ids.
  sim::Duration gap_timeout{};
  kit::Retry retry{};
  /// How long a service knows which messages it has had; 0: for ever.
  sim::Duration inbox_retention{};
  std::uint64_t consumers = 1;  ///< processes of each service; a single one has its database by it
  messaging::Sharing sharing = messaging::Sharing::single_active;  ///< of several
  std::uint32_t max_deliveries = 0;  ///< before the broker parks a message; 0 for any number
  sim::Duration flush_after{};       ///< of a lazy broker, after it has confirmed; 0: before
};

/// The most relays that there may be.
inline constexpr std::int64_t most_relays = 3;

/// A row for each.
const kit::OptionRows<Options>& option_rows();

}  // namespace indoubt::outbox
