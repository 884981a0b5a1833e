#include "tests/bench/comparison.hpp"

#include "tests/bench/floor/floor.hpp"
#include "tests/bench/floor/workloads.hpp"

namespace indoubt::bench {

namespace {

constexpr double world_ratio_max = 1.5;

Contender floor_pingpong() {
  return {"floor", [] { return run_pingpong(pingpong_messages); }};
}
Contender floor_phold() {
  return {"floor", [] { return run_phold(phold_events); }};
}
Contender floor_churn() {
  return {"floor", [] { return run_churn(churn_rpcs); }};
}

}  // namespace

// Where a second contender is missing, there is nothing yet to measure. To add one, put it beside
// the floor's; its `run` must do the numbers of floor/workloads.hpp. A whole run of a protocol is a
// comparison too: base floor_phold(), events = runs, ratio_max = floor events that a run may cost,
// is_same_work = false.
std::vector<Comparison> comparisons() {
  return {
      {"pingpong", floor_pingpong(), std::nullopt, world_ratio_max, true},
      {"phold", floor_phold(), std::nullopt, world_ratio_max, true},
      {"churn", floor_churn(), std::nullopt, world_ratio_max, true},
  };
}

}  // namespace indoubt::bench
