#pragma once

#include "protocols/kit/options.hpp"
#include "protocols/kit/retry.hpp"

namespace indoubt::paxos_commit {

/// What users may set.
struct Options {
  int tolerated = 1;  ///< acceptors that may be lost
  bool fast = false;
  sim::Duration vote_timeout = std::chrono::seconds{1};
  kit::Retry retry{};
};

/// A row for each.
const kit::OptionRows<Options>& option_rows();

}  // namespace indoubt::paxos_commit
