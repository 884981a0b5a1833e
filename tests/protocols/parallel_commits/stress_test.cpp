#include "tests/support/swarm_stress.hpp"

// Many random schedules of everything at once.
namespace indoubt::test {

TEST_CASE("parallel commits: nothing random splits, leaks or lies (20,000 schedules)",
          "[parallel][stress]") {
  const bool group_commit = GENERATE(false, true);
  const bool is_lossy = GENERATE(false, true);
  Deployment made = stress::stressed("parallel-commits", group_commit, is_lossy);
  made.protocol.options.emplace_back("heartbeat_expiry", sim::Duration{400ms});
  const auto seen = stress::run_swarm(made, 5000, {200ms, 400ms, 2s});
  REQUIRE(seen.placed > 1000);
  REQUIRE(seen.not_placed > 1000);
  REQUIRE(seen.unknown > 500);
  REQUIRE(seen.all_up > 2500);
  REQUIRE(seen.lost > 500);
}

}  // namespace indoubt::test
