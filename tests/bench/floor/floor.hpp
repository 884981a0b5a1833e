#pragma once

#include <cstdint>

#include "tests/bench/floor/result.hpp"

// The floor: the bare event loop that everything else is measured against. Its three workloads run
// on whichever queue is best for each of them; floor.cpp says which, and what was measured.
namespace indoubt::bench {

/// Two actors, one message under way, delay 1.
FloorResult run_pingpong(std::uint64_t messages);
/// 64 nodes, 16 jobs each, exponential delay of mean 1000, uniform destination.
FloorResult run_phold(std::uint64_t events);
/// 1000 nodes with one call under way each: request, timer armed, reply, timer cancelled.
FloorResult run_churn(std::uint64_t rpcs);

/// The same with a queue by name, to choose by measurement and to test that order is equal.
enum class QueueKind { heap, wheel_4096, wheel_8192, wheel_16384 };
FloorResult run_pingpong(QueueKind queue, std::uint64_t messages);
FloorResult run_phold(QueueKind queue, std::uint64_t events);
FloorResult run_churn(QueueKind queue, std::uint64_t rpcs);

}  // namespace indoubt::bench
