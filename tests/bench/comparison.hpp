#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/bench/floor/result.hpp"

namespace indoubt::bench {

/// One side of a comparison. `run` does the whole work once; the time it takes is divided by the
/// events it reports.
struct Contender {
  std::string name;
  std::function<FloorResult()> run;
};

/// What is measured against what, and how much of it is allowed. Both sides run in turn, and the
/// median of the ratios of neighbours is compared with `ratio_max`: what disturbs the machine
/// disturbs both.
struct Comparison {
  std::string workload;
  Contender base;
  std::optional<Contender> measured;  // none: the base alone is shown
  double ratio_max = 0;
  /// What both sides must agree on: otherwise they did not do the same work.
  enum class Agreement { nothing, events, events_and_time };
  Agreement agreement = Agreement::events_and_time;
};

/// All comparisons, in the order of the table.
std::vector<Comparison> comparisons();

}  // namespace indoubt::bench
