#pragma once

#include <cstdint>

#include "protocols/kit/messaging/consumer_groups.hpp"
#include "protocols/kit/options.hpp"
#include "protocols/kit/retry.hpp"

namespace indoubt::listen_to_yourself {

/// What users may set.
struct Options {
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

}  // namespace indoubt::listen_to_yourself
