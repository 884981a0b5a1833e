#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reports/trace/run_trace.hpp"
#include "scenarios/scenario.hpp"

namespace indoubt::reports {

/// Which order of a run to follow, if not one by its number.
enum class Followed : std::uint8_t {
  /// The first that violates something, and whom it met if it takes two; or else the first.
  first_violating,
  slowest,           ///< whose client waited longest for its answer
  first_not_placed,  ///< the first whose client did not learn that it is placed
  all,
};

/// Which run to tell, and what of it.
struct TraceRequest {
  const scenarios::Scenario& scenario;
  std::size_t cell = 0;
  std::uint64_t seed = 1;
  std::vector<std::uint32_t> orders{};            ///< their numbers
  Followed followed = Followed::first_violating;  ///< if there are none
  std::string overrides{};                        ///< options that changed what runs
};

/// Makes the run and writes it down. Nothing if the run has no such order.
std::optional<RunTrace> trace_run(const TraceRequest& request);

}  // namespace indoubt::reports
