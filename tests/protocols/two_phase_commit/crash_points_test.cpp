#include "tests/support/crash_points.hpp"
#include "tests/protocols/two_phase_commit/choices.hpp"
#include "tests/protocols/two_phase_commit/crash_stages.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/each_crash.hpp"

// Two-phase commit, crashed once at every point of its good case. What becomes of an order is the
// same under every presumption: they differ in what that costs.
namespace indoubt::test {
namespace {

/// Whoever voted yes and was not told waits for ever, and nobody else.
void require_blocked_without_coordinator(const Facts& facts, std::size_t services) {
  for (std::size_t i = 1; i <= services; ++i) {
    const std::string name = service(i);
    const bool voted = facts.has(FactKind::voted, {.node = name, .order = 1, .value = {}});
    REQUIRE(facts.held({.node = name}) + facts.assigned({.node = name}) == (voted ? 1 : 0));
  }
}

/// Before the next message arrives, a little later, before the timeouts, and after them.
const Restarts restarts{2ms, 10ms, 700ms, 3s};

/// Cooperation helps if somebody who is up knows the outcome, or has not voted.
void require_helped_without_coordinator(const Facts& facts, std::size_t services) {
  const std::size_t voted = facts.count(FactKind::voted);
  const bool all_are_in_doubt = voted == services && facts.assigned() == 0;
  if (all_are_in_doubt) return require_blocked_without_coordinator(facts, services);
  REQUIRE(facts.held() == 0);
  REQUIRE((facts.assigned() == 0 || facts.assigned() == services));
}

Deployment one_order(const Choice& choice, std::size_t services, bool group_commit) {
  return with_group_commit(choosing(choice, deployment("two-phase-commit", services)),
                           group_commit);
}

}  // namespace

TEST_CASE("2pc: a crash at any point of the good case leaves what the table says", "[2pc][crash]") {
  const Choice choice = GENERATE(from_range(all_choices));
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(choice, services, GENERATE(false, true));
  INFO("presumed " << choice.presume << ", " << choice.termination);
  const std::size_t points = require_after_each_crash(
      {.of = good, .restarts = restarts}, [&](const CrashPoint& point, const Run& run) {
        require_repaired(expected_at(point), point, run.facts(), services);
      });
  // Effects: coordinator 1 + n, 1 + n, 3 + 1 + n + 1, 2; service 2, 5, 4. Presumed commit has three
  // more and three less at the coordinator, and no acknowledgement, which needs a force.
  const std::size_t fewer = choice.presume == "commit" ? 3 * services : 0;
  REQUIRE(points > 11 + 14 * services - fewer);
}

TEST_CASE("2pc: a crash for good blocks those in doubt, and splits nobody", "[2pc][crash]") {
  const Choice choice = GENERATE(from_range(all_choices));
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(choice, services, GENERATE(false, true));
  INFO("presumed " << choice.presume << ", " << choice.termination);
  require_after_each_crash({.of = good}, [&](const CrashPoint& point, const Run& run) {
    const Facts facts = run.facts();
    require_one_outcome(facts);
    if (is_coordinator(point)) {
      choice.is_cooperative() ? require_helped_without_coordinator(facts, services)
                              : require_blocked_without_coordinator(facts, services);
    } else {
      // What the service owes lies on its disk.
      const bool commits = expected_at(point) == Expected::commit;
      require_ended_without(point.node(), facts, commits, services);
      require_answered(point, facts, commits);
    }
  });
}

TEST_CASE("2pc: a crash of everybody at once, at any point, ends the same way", "[2pc][crash]") {
  const Choice choice = GENERATE(from_range(all_choices));
  const Deployment good = one_order(choice, 2, GENERATE(false, true));
  INFO("presumed " << choice.presume << ", " << choice.termination);
  require_after_each_crash(
      crashes_of_everybody(good, {Keep::forced, Keep::all, Keep::torn}),
      [](const CrashPoint&, const Run& run) { require_ended(run.facts(), 2); });
}

}  // namespace indoubt::test
