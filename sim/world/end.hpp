#pragma once

#include <cstddef>
#include <cstdint>

#include "sim/base/ids.hpp"
#include "sim/base/time.hpp"

namespace indoubt::sim {

/// How a run ended.
enum class EndReason : std::uint8_t {
  rest,    ///< nothing is pending
  still,   ///< what is pending is retries, which bring nothing about
  busy,    ///< the bound on the drain was hit: the run still got somewhere
  events,  ///< the bound on events was hit
};

inline constexpr std::size_t end_reason_count = static_cast<std::size_t>(EndReason::events) + 1;

/// What is pending in a run that has ended without being at rest, in short.
struct Backlog {
  std::uint64_t messages = 0;     ///< on their way, or waiting in an inbox
  NodeId busiest = no_node;       ///< where most of them wait
  std::uint64_t at_busiest = 0;   ///< how many of them
  NodeId next_node = no_node;     ///< whose armed timer is due first
  OrderId next_order = no_order;  ///< what that timer is about
  Kind next_timer = 0;
  bool operator==(const Backlog&) const = default;
};

}  // namespace indoubt::sim
