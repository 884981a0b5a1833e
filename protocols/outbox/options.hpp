#pragma once

#include <cstdint>

#include "protocols/kit/options.hpp"
#include "protocols/kit/retry.hpp"

namespace indoubt::outbox {

/// What users may set.
struct Options {
  enum class Relay : std::uint8_t { polling, log_tailing };

  Relay relay = Relay::polling;
  /// How long the relay sleeps when it has found nothing.
  sim::Duration poll = std::chrono::milliseconds{100};
  /// The longest time that a business transaction stays open.
  sim::Duration transaction = std::chrono::milliseconds{10};
  kit::Retry retry{};
};

/// A row for each.
const kit::OptionRows<Options>& option_rows();

}  // namespace indoubt::outbox
