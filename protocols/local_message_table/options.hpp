#pragma once

#include <cstdint>

#include "protocols/kit/options.hpp"
#include "protocols/kit/retry.hpp"

namespace indoubt::local_message_table {

/// What users may set.
struct Options {
  sim::Duration poll = std::chrono::milliseconds{100};  ///< until a new row is seen
  kit::Retry leases{};  ///< how long a claim is good for: longer each time
  /// How long a service knows which messages it has had; 0: for ever.
  sim::Duration inbox_retention{};
  /// How many workers there are. A single one runs on the order service's node.
  std::uint64_t workers = 1;
};

/// The most workers that there may be.
inline constexpr std::int64_t most_workers = 3;

/// A row for each.
const kit::OptionRows<Options>& option_rows();

}  // namespace indoubt::local_message_table
