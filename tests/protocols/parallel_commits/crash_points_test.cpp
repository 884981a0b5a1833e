#include "tests/support/crash_points.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/crash_outcomes.hpp"
#include "tests/support/each_crash.hpp"

// Parallel commits, crashed once at every point of the good case.
namespace indoubt::test {
namespace {

/// The commit point is the last force of an intent. Before the messages to write it have left there
/// is none; what a disk keeps of an intent that is not forced yet decides, because recovery finds
/// it.
Expected expected_at(const CrashPoint& point, std::size_t services) {
  if (is_coordinator(point)) {
    const std::size_t sent = point.times("send stage") + point.times("send write_intent");
    return sent == services ? Expected::commit : Expected::abort;
  }
  if (point.has_done("forced intent")) return Expected::commit;
  if (!point.has_done("append intent")) return Expected::abort;
  return Expected::as_kept;
}

void require_safe(const Facts& facts) {
  require_one_outcome(facts);
  if (facts.has(FactKind::placed)) REQUIRE_FALSE(facts.decided(Outcome::abort));
  if (facts.has(FactKind::not_placed)) REQUIRE(facts.assigned() == 0);
}

void require_recovered(const CrashPoint& point, const Facts& facts, std::size_t services) {
  require_safe(facts);
  require_ended(facts, services);
  const bool commits = facts.assigned() != 0;
  require_expected(on_disk(expected_at(point, services), point.crash.keep), commits);
  if (!is_coordinator(point)) {
    REQUIRE(facts.has(FactKind::placed) == commits);
    REQUIRE(facts.has(FactKind::not_placed) == !commits);
  }
}

/// Before the next message arrives, a little later, before the timeouts, and after them.
const Restarts restarts{2ms, 10ms, 700ms, 3s};

Deployment one_order(std::size_t services, bool group_commit) {
  return with_group_commit(deployment("parallel-commits", services), group_commit);
}

}  // namespace

TEST_CASE("parallel commits: a crash at any point of the good case leaves what the table says",
          "[parallel][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(services, GENERATE(false, true));
  const std::size_t points = require_after_each_crash(
      {.of = good, .restarts = restarts}, [&](const CrashPoint& point, const Run& run) {
        require_recovered(point, run.facts(), services);
      });
  // Effects: coordinator 1 + n and 3, service 4 and 2 or more.
  REQUIRE(points > 4 + services + 6 * services);
}

TEST_CASE("parallel commits: without the coordinator the services end the order",
          "[parallel][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(services, GENERATE(false, true));
  const Crashes crashes{.of = good, .keep = {Keep::forced}, .only_at = is_coordinator};
  require_after_each_crash(crashes, [&](const CrashPoint& point, const Run& run) {
    const Facts facts = run.facts();
    REQUIRE(run.world().end_reason() == sim::EndReason::rest);
    require_safe(facts);
    const bool commits = expected_at(point, services) == Expected::commit;
    require_ended_without("orders", facts, commits, services);
  });
}

TEST_CASE("parallel commits: a crash of everybody at once, at any point, ends the same way",
          "[parallel][crash]") {
  const Deployment good = one_order(2, GENERATE(false, true));
  const Crashes crashes = crashes_of_everybody(good, {Keep::forced, Keep::all, Keep::torn});
  require_after_each_crash(crashes, [](const CrashPoint&, const Run& run) {
    require_safe(run.facts());
    require_ended(run.facts(), 2);
  });
}

}  // namespace indoubt::test
