#pragma once

#include <cstdint>

#include "protocols/kit/options.hpp"
#include "protocols/kit/retry.hpp"

namespace indoubt::three_phase_commit {

/// What users may set.
struct Options {
  enum class Termination : std::uint8_t { timeout, skeen, quorum, e3pc, textbook };

  Termination termination = Termination::timeout;
  sim::Duration vote_timeout =
      std::chrono::seconds{1};  ///< bound of a round trip, writing included
  kit::Retry retry{};
};

/// A row for each.
const kit::OptionRows<Options>& option_rows();

}  // namespace indoubt::three_phase_commit
