#pragma once

#include "protocols/kit/options.hpp"
#include "protocols/kit/retry.hpp"

namespace indoubt::tcc {

/// What users may set.
struct Options {
  sim::Duration global_timeout = std::chrono::seconds{1};  ///< how long a transaction may stay open
  kit::Retry retry{};
  sim::Duration
      fence_retention{};  ///< how long a row of the fence is kept that is over; 0: for ever
};

/// A row for each.
const kit::OptionRows<Options>& option_rows();

}  // namespace indoubt::tcc
