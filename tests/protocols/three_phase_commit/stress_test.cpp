#include "tests/protocols/three_phase_commit/terminations.hpp"
#include "tests/support/atomic_stress.hpp"
#include "tests/support/catch.hpp"

// The terminations that promise to survive everything, under everything at once.
namespace indoubt::test {
namespace {

const std::vector<std::string_view> kinds{
    "work",    "worked", "prepare", "vote", "pre_commit",    "pre_abort",
    "pre_ack", "commit", "abort",   "ack",  "state_request", "state_report"};

}  // namespace

TEST_CASE("3pc: nothing random splits, leaks or lies with quorums and with e3pc (80,000 schedules)",
          "[3pc][stress]") {
  const std::string termination = GENERATE("quorum", "e3pc");
  const bool group_commit = GENERATE(false, true);
  const bool is_lossy = GENERATE(false, true);
  const auto simulation = search::make_simulation(
      terminating(termination, stress::stressed("three-phase-commit", group_commit, is_lossy)));
  INFO(termination);
  sim::World world{simulation.plan};
  stress::Seen seen;
  for (std::uint64_t seed = 1; seed <= 10'000; ++seed) stress::run(world, kinds, seed, seen);
  REQUIRE(seen.placed > 1000);
  REQUIRE(seen.not_placed > 1000);
  REQUIRE(seen.unknown > 1000);
  REQUIRE(seen.lost > 1000);
}

}  // namespace indoubt::test
