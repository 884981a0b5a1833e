#include "tests/protocols/paxos_commit/choices.hpp"
#include "tests/support/swarm_stress.hpp"

// Many random schedules of everything at once, with one acceptor, three and five.
namespace indoubt::test {

TEST_CASE("paxos: nothing random splits, leaks or lies (36,000 schedules)", "[paxos][stress]") {
  const auto tolerated = GENERATE(std::int64_t{0}, std::int64_t{1}, std::int64_t{2});
  const bool is_fast = GENERATE(false, true);
  const bool group_commit = GENERATE(false, true);
  const bool is_lossy = GENERATE(false, true);
  INFO("F = " << tolerated << (is_fast ? ", fast" : ""));
  const Deployment made =
      paxos(tolerated, is_fast, stress::stressed("paxos-commit", group_commit, is_lossy));
  const auto seen = stress::run_swarm(made, 1500, {200ms, 400ms, 2s});
  REQUIRE(seen.placed > 500);
  REQUIRE(seen.not_placed > 500);
  REQUIRE(seen.unknown > 100);
  REQUIRE(seen.all_up > 800);
  REQUIRE(seen.lost > 100);
}

}  // namespace indoubt::test
