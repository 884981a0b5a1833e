#include "tests/protocols/two_phase_commit/choices.hpp"
#include "tests/support/atomic_stress.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::test {
namespace {

const std::vector<std::string_view> kinds{"work",
                                          "worked",
                                          "prepare",
                                          "vote",
                                          "commit",
                                          "abort",
                                          "ack",
                                          "inquiry",
                                          "presumed_abort",
                                          "presumed_commit",
                                          "decision_request",
                                          "decision_known"};

}  // namespace

TEST_CASE("2pc: nothing random splits, leaks or lies (120,000 schedules)", "[2pc][stress]") {
  const Choice choice = GENERATE(from_range(all_choices));
  const bool group_commit = GENERATE(false, true);
  const bool is_lossy = GENERATE(false, true);
  const auto simulation = search::make_simulation(
      choosing(choice, stress::stressed("two-phase-commit", group_commit, is_lossy)));
  INFO("presumed " << choice.presume << ", " << choice.termination);
  sim::World world{simulation.plan};
  stress::Seen seen;
  for (std::uint64_t seed = 1; seed <= 5000; ++seed) stress::run(world, kinds, seed, seen);
  REQUIRE(seen.placed > 1000);
  REQUIRE(seen.not_placed > 1000);
  REQUIRE(seen.unknown > 1000);
  REQUIRE(seen.lost > 1000);
}

}  // namespace indoubt::test
