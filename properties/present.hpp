#pragma once

#include <functional>
#include <span>

#include "sim/base/ids.hpp"
#include "sim/base/time.hpp"

namespace indoubt::properties {

/// What a judge's state is measured against where it is made a number (`Judge::hash_into`), besides
/// true time: what the facts have not said yet, and may.
struct Present {
  /// What all nodes' clocks read, which says how far off the end of a hold is. None: only whether a
  /// hold ends at all is added.
  std::span<const sim::ClockTime> readings{};
  /// When a node last told anybody anything about an order, or `sim::never`. A crash says so of
  /// each record that it loses. None: the age of each such record is added.
  std::function<sim::TrueTime(sim::NodeId, sim::OrderId)> told{};
};

}  // namespace indoubt::properties
