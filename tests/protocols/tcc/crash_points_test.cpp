#include "tests/support/crash_points.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/crash_outcomes.hpp"
#include "tests/support/each_crash.hpp"

// Try, confirm, cancel, crashed once at every point of its good case.
namespace indoubt::test {
namespace {

constexpr std::string_view manager = "transaction-manager";

/// The initiator has no log: what it has not submitted the manager's timeout aborts, and what it
/// has is the manager's.
Expected expected_at_initiator(const CrashPoint& point) {
  return point.has_done("send submit") ? Expected::commit : Expected::abort;
}

/// What the manager was asked and has not answered is lost, and the initiator does not ask twice.
/// Between two requests it depends on whether the manager is back for the next.
Expected expected_at_manager(const CrashPoint& point) {
  if (point.has_done("forced submit_decision")) return Expected::commit;
  if (point.has_done("append submit_decision")) return Expected::as_kept;
  const bool is_before_handling =
      point.crash.trigger == sim::Trigger::place && point.crash.place.effect == 1;
  if (is_before_handling || point.done.empty()) return Expected::abort;
  const std::string& last = point.done.back();
  const bool has_answered =
      last == "send began" || last == "arm global_timeout" || last == "send registered";
  return has_answered ? Expected::either : Expected::abort;
}

/// Until it has told that it froze something, the transaction times out. From then on it commits.
Expected expected_at_service(const CrashPoint& point) {
  return point.has_done("send tried") ? Expected::commit : Expected::abort;
}

Expected expected_at(const CrashPoint& point) {
  if (is_coordinator(point)) return expected_at_initiator(point);
  if (point.node() != manager) return expected_at_service(point);
  return on_disk(expected_at_manager(point), point.crash.keep);
}

/// Without the manager everything stays as it is.
void require_frozen_without_manager(const Facts& facts, std::size_t services) {
  for (std::size_t i = 1; i <= services; ++i) {
    const std::string name = service(i);
    const bool is_tried = facts.has(FactKind::held, {.node = name, .order = 1, .value = {}});
    REQUIRE(facts.held({.node = name}) + facts.assigned({.node = name}) == is_tried);
  }
}

/// Before the next message arrives, a little later, before the timeouts, and after them.
const Restarts restarts{2ms, 10ms, 700ms, 3s};

Deployment one_order(std::size_t services, bool group_commit) {
  return with_group_commit(deployment("tcc", services), group_commit);
}

}  // namespace

TEST_CASE("tcc: a crash at any point of the good case leaves what the table says", "[tcc][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(services, GENERATE(false, true));
  const std::size_t points = require_after_each_crash(
      {.of = good, .restarts = restarts}, [&](const CrashPoint& point, const Run& run) {
        require_repaired(expected_at(point), point, run.facts(), services);
      });
  // Effects: initiator 2, n, n, 1, 2; manager 4, 3n, 5 + n, 2; service 3 and 3.
  REQUIRE(points > 16 + 12 * services);
}

TEST_CASE("tcc: a crash for good leaves frozen what only the manager can end", "[tcc][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(services, GENERATE(false, true));
  require_after_each_crash({.of = good}, [&](const CrashPoint& point, const Run& run) {
    const Facts facts = run.facts();
    require_one_outcome(facts);
    if (point.node() == manager) return require_frozen_without_manager(facts, services);
    // What a service owes lies on its disk.
    const bool commits = expected_at(point) == Expected::commit;
    require_ended_without(point.node(), facts, commits, services);
    require_answered(point, facts, commits);
  });
}

TEST_CASE("tcc: a crash of everybody at once, at any point, ends the same way", "[tcc][crash]") {
  const Deployment good = one_order(2, GENERATE(false, true));
  Crashes crashes = crashes_of_everybody(good, {Keep::forced, Keep::all, Keep::torn});
  crashes.with.emplace_back(manager);
  require_after_each_crash(
      crashes, [](const CrashPoint&, const Run& run) { require_ended(run.facts(), 2); });
}

}  // namespace indoubt::test
