#pragma once

#include <cstdint>

#include "search/run/simulation.hpp"
#include "tests/bench/floor/result.hpp"

// Whole runs of a protocol: set-up, orders, faults, drain, verdicts.
namespace indoubt::bench {

/// One order by two-phase commit on three services, 2 % loss, lognormal latency, crashes and
/// restarts of the coordinator and of a service: about 25 events.
search::Simulation order_simulation();

/// So many runs, judged by all properties. One event of the result is one run.
FloorResult run_orders(std::uint64_t runs);

/// The same order in a calm world, explored: each run draws a schedule of faults of its own.
FloorResult explore_orders(std::uint64_t runs);

/// One run in which so many orders arrive at time 0, and all messages take the same time.
FloorResult run_orders_at_once(std::uint32_t orders);

}  // namespace indoubt::bench
