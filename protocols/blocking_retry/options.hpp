#pragma once

#include "protocols/kit/options.hpp"
#include "protocols/kit/retry.hpp"

namespace indoubt::blocking_retry {

/// What users may set.
struct Options {
  kit::Retry retry{};
};

/// A row for each.
const kit::OptionRows<Options>& option_rows();

}  // namespace indoubt::blocking_retry
