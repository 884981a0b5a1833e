#pragma once

#include "sim/base/time.hpp"
#include "sim/world/end.hpp"

namespace indoubt::properties {

/// How a run ended, as far as judging it needs to know.
struct RunEnd {
  sim::EndReason reason = sim::EndReason::rest;
  sim::TrueTime at{};      ///< of the last thing that took place, or the bound
  sim::Backlog backlog{};  ///< if it is not at rest
  bool operator==(const RunEnd&) const = default;
};

}  // namespace indoubt::properties
