#include "tests/bench/comparison.hpp"

#include "tests/bench/floor/floor.hpp"
#include "tests/bench/floor/workloads.hpp"
#include "tests/bench/world/order_runs.hpp"
#include "tests/bench/world/world_workloads.hpp"

namespace indoubt::bench {

namespace {

// How much more than the floor a world may take for an event, and how many events of the floor's
// phold a whole run of a protocol: judged, and with its faults drawn as well.
constexpr double pingpong_ratio_max = 1.8;
constexpr double phold_ratio_max = 2.0;
constexpr double churn_ratio_max = 2.8;
constexpr double run_ratio_max = 115;
constexpr double explored_ratio_max = 155;
constexpr std::uint64_t order_runs = 50'000;

Contender floor_pingpong() {
  return {"floor", [] { return run_pingpong(pingpong_messages); }};
}
Contender floor_phold() {
  return {"floor", [] { return run_phold(phold_events); }};
}
Contender floor_churn() {
  return {"floor", [] { return run_churn(churn_rpcs); }};
}

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
      {"pingpong", floor_pingpong(), world_pingpong(), pingpong_ratio_max,
       Agreement::events_and_time},
      {"phold", floor_phold(), world_phold(), phold_ratio_max, Agreement::events},
      {"churn", floor_churn(), world_churn(), churn_ratio_max, Agreement::events},
      {"judged run of one 2PC order", floor_phold(), order_by_two_phase_commit(), run_ratio_max,
       Agreement::nothing},
      {"random exploration of a 2PC order", floor_phold(), order_under_random_faults(),
       explored_ratio_max, Agreement::nothing},
  };
}

}  // namespace indoubt::bench
