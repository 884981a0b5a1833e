#pragma once

#include <cstdint>

#include "protocols/kit/messaging/consumer_groups.hpp"
#include "protocols/kit/options.hpp"
#include "protocols/kit/retry.hpp"

namespace indoubt::mq_transaction {

/// What users may set.
struct Options {
  enum class Mode : std::uint8_t { broker, half_message };
  enum class CommitRecord : std::uint8_t { one, per_message, marker };

  Mode mode = Mode::broker;
  CommitRecord commit_record = CommitRecord::one;               ///< of the broker's transactions
  sim::Duration transaction_timeout = std::chrono::seconds{1};  ///< of the broker's transactions
  /// The longest time that a local transaction stays open.
  sim::Duration transaction = std::chrono::milliseconds{10};
  /// Until a half message is checked for the first time.
  sim::Duration check_after = std::chrono::seconds{1};
  sim::Duration check_every = std::chrono::seconds{2};
  std::uint32_t check_max = 15;  ///< checks of a half message before it is parked
  kit::Retry retry{};
  /// How long a service knows which messages it has had; 0: for ever.
  sim::Duration inbox_retention{};
  std::uint64_t consumers = 1;  ///< processes of each service; a single one has its database by it
  messaging::Sharing sharing = messaging::Sharing::single_active;  ///< of several
  std::uint32_t max_deliveries = 0;  ///< before the broker parks a message; 0 for any number
  sim::Duration flush_after{};       ///< of a lazy broker, after it has confirmed; 0: before
};

/// A row for each.
const kit::OptionRows<Options>& option_rows();

}  // namespace indoubt::mq_transaction
