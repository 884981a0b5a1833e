#include "tests/support/crash_points.hpp"

#include "tests/protocols/paxos_commit/choices.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/crash_outcomes.hpp"
#include "tests/support/each_crash.hpp"

// Paxos Commit, crashed once at every point of its good case. One acceptor may be lost, and the
// coordinator is not missed either.
namespace indoubt::test {
namespace {

bool is_acceptor(const CrashPoint& point) { return point.node().starts_with("acceptor"); }

/// What becomes of the order if a node crashes there, whether it comes back or not. Nothing depends
/// on what a disk keeps: a vote that has not left counts for nothing, and one that has is with
/// somebody else. One that has left for one acceptor of two may be found or not.
Expected expected_at(const CrashPoint& point, std::size_t services) {
  if (is_acceptor(point)) return Expected::commit;
  const std::size_t sent = point.times(is_coordinator(point) ? "send prepare" : "send vote");
  const std::size_t all = is_coordinator(point) ? services : 2;
  if (sent == all) return Expected::commit;
  return is_coordinator(point) || sent == 0 ? Expected::abort : Expected::either;
}

/// In the faster variant the coordinator leaves the answer to the services. A single one that
/// crashes may not give it, and services that have forgotten the work before they voted have none.
void require_repaired(const CrashPoint& point, const Facts& facts, std::size_t services,
                      bool is_fast) {
  const bool may_leave_client_alone = is_fast && (services == 1 || !facts.has(FactKind::voted));
  require_ended(facts, services);
  require_expected(expected_at(point, services), facts.assigned() != 0);
  const bool is_told = facts.has(FactKind::placed) || facts.has(FactKind::not_placed);
  if (!is_coordinator(point) && !may_leave_client_alone) REQUIRE(is_told);
}

/// Before the next message arrives, a little later, before the timeouts, and after them.
const Restarts restarts{2ms, 10ms, 700ms, 3s};

Deployment one_order(bool is_fast, std::size_t services, bool group_commit) {
  Deployment made = paxos(1, is_fast, services);
  for (std::size_t i = 1; i <= 3; ++i) add_acceptor(made, i, "");
  return with_group_commit(made, group_commit);
}

}  // namespace

TEST_CASE("paxos: a crash at any point of the good case leaves what the table says",
          "[paxos][crash]") {
  const bool is_fast = GENERATE(false, true);
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(is_fast, services, GENERATE(false, true));
  INFO((is_fast ? "fast" : "usual"));
  const std::size_t points = require_after_each_crash(
      {.of = good, .restarts = restarts}, [&](const CrashPoint& point, const Run& run) {
        require_repaired(point, run.facts(), services, is_fast);
      });
  // Effects: coordinator 2 (1 + n), service 2 + 5 + 2, and acceptors n + 2 or more each.
  REQUIRE(points > 2 + 2 * services + 9 * services + 2 * (services + 2));
}

TEST_CASE("paxos: a crash for good blocks nobody", "[paxos][crash]") {
  const bool is_fast = GENERATE(false, true);
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(is_fast, services, GENERATE(false, true));
  INFO((is_fast ? "fast" : "usual"));
  require_after_each_crash({.of = good}, [&](const CrashPoint& point, const Run& run) {
    const Facts facts = run.facts();
    REQUIRE(run.world().end_reason() == sim::EndReason::rest);
    require_one_outcome(facts);
    const Expected expected = expected_at(point, services);
    for (std::size_t i = 1; i <= services; ++i) {
      const std::string name = service(i);
      if (name == point.node()) continue;
      REQUIRE(facts.held({.node = name}) == 0);
      const bool commits = facts.assigned({.node = name}) != 0;
      require_expected(expected, commits);
      if (facts.has(FactKind::placed)) REQUIRE(commits);
      if (facts.has(FactKind::not_placed)) REQUIRE_FALSE(commits);
    }
  });
}

TEST_CASE("paxos: the row of the service that crashes between its record and its vote",
          "[paxos][crash]") {
  // Effect 3 of `prepare` is the first vote. A leader finds no value for this service.
  const Run run{with_faults(paxos(1, false, 2),
                            {crash_before("s1", 4, handling("prepare"), Keep::forced, 500ms)})};
  const Facts facts = run.facts();
  REQUIRE(run.all_faults_fired());
  REQUIRE_FALSE(facts.has(FactKind::voted, {.node = "s1", .order = 1, .value = {}}));
  REQUIRE(run.sent("phase_1a") == 3);
  REQUIRE(facts.has(FactKind::not_placed));
  REQUIRE(facts.held() == 0);
}

TEST_CASE("paxos: the row of the leader that has heard everything and tells nobody",
          "[paxos][crash]") {
  const Run run{
      with_faults(paxos(1, false, 2),
                  {crash_before("orders", 1, handling("phase_2b", 1, 2), Keep::forced, {})})};
  const Facts facts = run.facts();
  REQUIRE(run.all_faults_fired());
  REQUIRE(facts.assigned() == 2);
  REQUIRE(
      facts.has(FactKind::decided, {.node = "acceptor-1", .order = 1, .value = Outcome::commit}));
}

TEST_CASE("paxos: a crash of everybody at once, at any point, ends the same way",
          "[paxos][crash]") {
  const bool is_fast = GENERATE(false, true);
  const Deployment good = one_order(is_fast, 2, GENERATE(false, true));
  INFO((is_fast ? "fast" : "usual"));
  require_after_each_crash(
      crashes_of_everybody(good, {Keep::forced, Keep::all, Keep::torn}),
      [](const CrashPoint&, const Run& run) { require_ended(run.facts(), 2); });
}

}  // namespace indoubt::test
