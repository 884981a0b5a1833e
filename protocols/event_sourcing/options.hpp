#pragma once

#include <cstdint>

#include "protocols/kit/options.hpp"
#include "protocols/kit/retry.hpp"

namespace indoubt::event_sourcing {

/// What users may set.
struct Options {
  sim::Duration call_timeout = std::chrono::seconds{1};
  kit::Retry retry{};
  std::uint32_t checkpoint = 10;  ///< so many events are folded until they are forced
};

/// A row for each.
const kit::OptionRows<Options>& option_rows();

}  // namespace indoubt::event_sourcing
