#pragma once

#include "protocols/kit/options.hpp"
#include "protocols/kit/retry.hpp"

namespace indoubt::reservation {

/// What users may set.
struct Options {
  sim::Duration ttl = std::chrono::seconds{5};  ///< of a reservation, by the service's clock
  sim::Duration call_timeout = std::chrono::seconds{1};
  kit::Retry retry{};
  sim::Duration sweep = std::chrono::milliseconds{100};  ///< least time between two sweeps
  /// How long a service knows that an order is over; 0: for ever.
  sim::Duration tombstone_retention{};
};

/// A row for each.
const kit::OptionRows<Options>& option_rows();

}  // namespace indoubt::reservation
