#include "tests/support/crash_points.hpp"
#include "tests/protocols/three_phase_commit/terminations.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/crash_outcomes.hpp"
#include "tests/support/each_crash.hpp"

// Three-phase commit, crashed once at every point of its good case, under each termination.
namespace indoubt::test {
namespace {

/// A coordinator that has precommitted alone is one site like any other: where those who are up
/// again take part it may win the others over, where they only ask it cannot.
constexpr Stage coordinator_stages[] = {
    {"", Expected::abort},
    {"append precommitted", Expected::either},
    {"send pre_commit", Expected::commit},
};

/// Until the vote has left, the coordinator waits in vain. From then on it can go on without.
constexpr Stage participant_stages[] = {
    {"", Expected::abort},
    {"send vote", Expected::commit},
};

bool recovers_by_asking(const std::string& termination) {
  return termination == "timeout" || termination == "skeen";
}

Expected expected_at(const CrashPoint& point, const std::string& termination) {
  const Expected expected = is_coordinator(point) ? at_stage(coordinator_stages, point)
                                                  : at_stage(participant_stages, point);
  const bool is_alone = expected == Expected::either && recovers_by_asking(termination);
  return is_alone ? Expected::abort : expected;
}

/// Every service but the one that is gone has what was decided, and nobody waits.
void require_decided(const CrashPoint& point, const std::string& termination, const Facts& facts,
                     std::size_t services, std::string_view gone) {
  require_one_outcome(facts);
  const bool commits = facts.decided(Outcome::commit);
  require_expected(expected_at(point, termination), commits);
  require_ended_without(gone, facts, commits, services);
  require_answered(point, facts, commits);
}

/// Before the next message arrives, a little later, before the timeouts, and after them.
const Restarts restarts{2ms, 10ms, 700ms, 2500ms, 5s};

Deployment one_order(const std::string& termination, std::size_t services, bool group_commit) {
  return with_group_commit(terminating(termination, services), group_commit);
}

}  // namespace

TEST_CASE("3pc: a crash at any point of the good case leaves what the table says", "[3pc][crash]") {
  const std::string termination = GENERATE(from_range(all_terminations));
  const std::size_t services = GENERATE(std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(termination, services, GENERATE(false, true));
  INFO(termination);
  const std::size_t points = require_after_each_crash(
      {.of = good, .restarts = restarts}, [&](const CrashPoint& point, const Run& run) {
        require_decided(point, termination, run.facts(), services, "nobody");
      });
  // Effects: coordinator 1 + n, 1 + n, 3 + n, 6 + n, 2; service 2, 5, 4, 6.
  REQUIRE(points > 13 + 21 * services);
}

TEST_CASE("3pc: a crash for good blocks nobody", "[3pc][crash]") {
  const std::string termination = GENERATE(from_range(all_terminations));
  const std::size_t services = GENERATE(std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(termination, services, GENERATE(false, true));
  INFO(termination);
  require_after_each_crash({.of = good}, [&](const CrashPoint& point, const Run& run) {
    require_decided(point, termination, run.facts(), services, point.node());
  });
}

TEST_CASE("3pc: a crash of everybody at once, at any point, ends when all are up again",
          "[3pc][crash]") {
  const std::string termination = GENERATE(from_range(all_terminations));
  const Deployment good = one_order(termination, 2, GENERATE(false, true));
  INFO(termination);
  require_after_each_crash(
      crashes_of_everybody(good, {Keep::forced, Keep::all, Keep::torn}),
      [](const CrashPoint&, const Run& run) { require_ended(run.facts(), 2); });
}

}  // namespace indoubt::test
