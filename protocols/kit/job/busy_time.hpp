#pragma once

#include <cstdint>

#include "sim/base/random.hpp"
#include "sim/base/time.hpp"

namespace indoubt::kit {

/// How long the order's business transaction stays open: drawn, at most `longest`.
template <typename Context>
sim::Duration busy_time(sim::Duration longest, Context& ctx) {
  const auto bound = static_cast<std::uint64_t>(longest.count()) + 1;
  return sim::Duration{static_cast<std::int64_t>(sim::below(ctx.draw("transaction"), bound))};
}

}  // namespace indoubt::kit
