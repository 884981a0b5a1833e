#pragma once

#include <compare>
#include <cstdint>

namespace indoubt::sim {

/// A simulated machine's role, numbered in the order of the deployment.
struct NodeId {
  std::uint16_t index = 0;
  auto operator<=>(const NodeId&) const = default;
};

/// Stands for "no node".
inline constexpr NodeId no_node{0xffff};

/// A business transaction of the run, numbered densely from 0. Its number in the scenario, which
/// keys the random streams, is `World::order_number`.
struct OrderId {
  std::uint32_t index = 0;
  auto operator<=>(const OrderId&) const = default;
};

/// Stands for "about no order", for example a sweeper's timer.
inline constexpr OrderId no_order{0xffff'ffff};

/// The row of an order in a table that has one for what is about no order, too: that comes first,
/// because its index is the largest there is, and one more is 0.
constexpr std::uint32_t row_of(OrderId order) { return order.index + 1; }

/// Index of a message, timer or record type in its family's list.
using Kind = std::uint8_t;

}  // namespace indoubt::sim
