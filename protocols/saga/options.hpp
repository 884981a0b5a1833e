#pragma once

#include <cstdint>

#include "protocols/kit/options.hpp"
#include "protocols/kit/retry.hpp"

namespace indoubt::saga {

/// What users may set.
struct Options {
  enum class Style : std::uint8_t { orchestrated, choreographed };

  Style style = Style::orchestrated;
  sim::Duration call_timeout = std::chrono::seconds{1};
  kit::Retry retry{};
  bool semantic_locks = false;
  bool queues = false;
  std::uint32_t attempts = 3;
  sim::Duration visibility_timeout = std::chrono::seconds{2};
  std::uint32_t max_receives = 5;
  std::uint32_t max_deliveries = 0;  ///< of an event, before the broker parks it; 0 for any number
  std::uint64_t consumers = 1;  ///< processes of each service; a single one has its database by it
};

/// A row for each.
const kit::OptionRows<Options>& option_rows();

}  // namespace indoubt::saga
