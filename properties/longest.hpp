#pragma once

#include "sim/base/ids.hpp"
#include "sim/base/time.hpp"

namespace indoubt::properties {

/// The longest of many times, and the order whose it was.
struct Longest {
  sim::Duration time{};
  sim::OrderId order = sim::no_order;

  void take(sim::Duration other, sim::OrderId whose) {
    if (other <= time) return;
    time = other;
    order = whose;
  }
  bool operator==(const Longest&) const = default;
};

}  // namespace indoubt::properties
