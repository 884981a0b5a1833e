#pragma once

#include <cstdint>

#include "tests/bench/floor/result.hpp"

// The floor's workloads through the real world: roles, contexts, the network's latency model, the
// digest. Times and events agree with the floor where the latency is constant (pingpong). In phold
// and churn each delay is drawn by the network, from the same distribution but by other random
// words, so these agree in the number of events.
namespace indoubt::bench {

FloorResult run_world_pingpong(std::uint64_t messages);
FloorResult run_world_phold(std::uint64_t events);
FloorResult run_world_churn(std::uint64_t rpcs);

/// As phold, with other numbers. A node sends to the `peers` nodes after it.
struct PholdSize {
  std::uint32_t nodes = 0;
  std::uint32_t peers = 0;
  std::uint32_t pending = 0;  ///< events, at any time; a multiple of `nodes`
};
FloorResult run_world_phold(std::uint64_t events, const PholdSize& size);

}  // namespace indoubt::bench
