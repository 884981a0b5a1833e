#pragma once

#include "protocols/kit/options.hpp"
#include "protocols/kit/retry.hpp"

namespace indoubt::parallel_commits {

/// What users may set.
struct Options {
  sim::Duration vote_timeout = std::chrono::seconds{1};
  /// How old an intent is before its transaction is pushed.
  sim::Duration heartbeat_expiry = std::chrono::seconds{2};
  kit::Retry retry{};
};

/// A row for each.
const kit::OptionRows<Options>& option_rows();

}  // namespace indoubt::parallel_commits
