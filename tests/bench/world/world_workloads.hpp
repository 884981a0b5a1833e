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

/// As phold, with another number of nodes, and of events that are pending at any time.
FloorResult run_world_phold(std::uint64_t events, std::uint32_t nodes, std::uint32_t pending);

}  // namespace indoubt::bench
