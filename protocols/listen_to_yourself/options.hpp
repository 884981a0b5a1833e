#pragma once

#include "protocols/kit/options.hpp"
#include "protocols/kit/retry.hpp"

namespace indoubt::listen_to_yourself {

/// What users may set.
struct Options {
  kit::Retry retry{};
};

/// A row for each.
const kit::OptionRows<Options>& option_rows();

}  // namespace indoubt::listen_to_yourself
