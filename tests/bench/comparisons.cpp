#include "tests/bench/comparison.hpp"

#include "tests/bench/floor/floor.hpp"
#include "tests/bench/floor/workloads.hpp"
#include "tests/bench/world/order_runs.hpp"
#include "tests/bench/world/world_workloads.hpp"

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

// A whole run of a protocol may cost as much as this many events of the floor's phold.
constexpr double run_ratio_max = 120;
constexpr double explored_ratio_max = 180;  // with its faults drawn as well
constexpr std::uint64_t order_runs = 50'000;

Contender world_pingpong() {
  return {"world", [] { return run_world_pingpong(pingpong_messages); }};
}
Contender world_phold() {
  return {"world", [] { return run_world_phold(phold_events); }};
}
Contender world_churn() {
  return {"world", [] { return run_world_churn(churn_rpcs); }};
}
Contender order_by_two_phase_commit() {
  return {"world", [] { return run_orders(order_runs); }};
}

Contender order_under_random_faults() {
  return {"world", [] { return explore_orders(order_runs); }};
}

}  // namespace

std::vector<Comparison> comparisons() {
  using Agreement = Comparison::Agreement;
  return {
      {"pingpong", floor_pingpong(), world_pingpong(), world_ratio_max, Agreement::events_and_time},
      {"phold", floor_phold(), world_phold(), world_ratio_max, Agreement::events},
      {"churn", floor_churn(), world_churn(), world_ratio_max, Agreement::events},
      {"judged run of one 2PC order", floor_phold(), order_by_two_phase_commit(), run_ratio_max,
       Agreement::nothing},
      {"random exploration of a 2PC order", floor_phold(), order_under_random_faults(),
       explored_ratio_max, Agreement::nothing},
  };
}

}  // namespace indoubt::bench
