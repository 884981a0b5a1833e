#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "properties/finding.hpp"
#include "protocols/kit/deployment.hpp"
#include "sim/base/ids.hpp"
#include "sim/world/fault.hpp"

namespace indoubt::search {

class Trial;

/// A run that violates a property, as data that replays it.
struct Counterexample {
  properties::Property property{};
  properties::Reason why{};
  std::string reason;                ///< as a sentence
  sim::NodeId node = sim::no_node;   ///< whom the finding is about, if anybody,
  sim::NodeId other = sim::no_node;  ///< and who else takes part in it
  std::uint64_t seed = 0;
  sim::Schedule extra{};  ///< faults on top of the scenario's own
  std::uint64_t digest = 0;
  /// What was run, faults included, where that is not the scenario's own: its events have an order.
  std::optional<kit::Deployment> in_order{};
  bool operator==(const Counterexample&) const = default;
};

/// How a finished run violates a property. The extra faults are those that took place.
Counterexample counterexample_of(const Trial& trial, properties::Property property);

}  // namespace indoubt::search
