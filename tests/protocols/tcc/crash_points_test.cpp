#include "tests/support/crash_points.hpp"
#include "tests/support/catch.hpp"

// Try, confirm, cancel, crashed once at every point of its good case.
namespace indoubt::test {
namespace {

enum class Expected { abort, commit, as_kept, either };

constexpr std::string_view manager = "transaction-manager";

const std::string& crashed(const CrashPoint& point) { return point.crash.nodes.front(); }

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
  if (crashed(point) == "orders") return expected_at_initiator(point);
  if (crashed(point) != manager) return expected_at_service(point);
  const Expected expected = expected_at_manager(point);
  if (expected != Expected::as_kept) return expected;
  switch (point.crash.keep) {
    case Keep::forced:
    case Keep::torn: return Expected::abort;  // One record is unforced: that is the torn one.
    case Keep::all: return Expected::commit;
    case Keep::some: return Expected::either;
  }
  return expected;
}

/// What must be true after any crash.
void require_safe(const Facts& facts) {
  REQUIRE_FALSE(facts.is_split());
  if (facts.decided(Outcome::abort)) REQUIRE(facts.assigned() == 0);
  REQUIRE_FALSE((facts.has(FactKind::placed) && facts.has(FactKind::not_placed)));
}

/// An initiator that is up asks until it has an answer; one that crashed leaves its client without.
void require_truthful(const CrashPoint& point, const Facts& facts, bool commits) {
  const bool answers = crashed(point) != "orders" || point.has_done("send placed");
  REQUIRE(facts.has(FactKind::placed) == (answers && commits));
  REQUIRE(facts.has(FactKind::not_placed) == (answers && !commits));
}

void require_repaired(const CrashPoint& point, const Facts& facts, std::size_t services) {
  require_safe(facts);
  const Expected expected = expected_at(point);
  const bool commits = facts.assigned() != 0;
  if (expected != Expected::either) REQUIRE(commits == (expected == Expected::commit));
  REQUIRE(facts.held() == 0);
  REQUIRE(facts.assigned() == (commits ? services : 0));
  require_truthful(point, facts, commits);
}

/// Without the manager everything stays as it is.
void require_frozen_without_manager(const Facts& facts, std::size_t services) {
  for (std::size_t i = 1; i <= services; ++i) {
    const std::string service = "s" + std::to_string(i);
    const bool is_tried = facts.has(FactKind::held, {.node = service, .order = 1, .value = {}});
    REQUIRE(facts.held({.node = service}) + facts.assigned({.node = service}) == is_tried);
  }
}

/// The others finish without the one that is gone; what a service owes lies on its disk.
void require_finished_without(const CrashPoint& point, const Facts& facts, std::size_t services) {
  const bool commits = expected_at(point) == Expected::commit;
  for (std::size_t i = 1; i <= services; ++i) {
    const std::string service = "s" + std::to_string(i);
    if (service == crashed(point)) continue;
    REQUIRE(facts.held({.node = service}) == 0);
    REQUIRE(facts.assigned({.node = service}) == (commits ? 1 : 0));
  }
  require_truthful(point, facts, commits);
}

/// Before the next message arrives, a little later, before the timeouts, and after them.
constexpr sim::Duration restarts[] = {2ms, 10ms, 700ms, 3s};

Deployment one_order(std::size_t services, bool group_commit) {
  Deployment made = deployment("tcc", services);
  for (auto& node : made.nodes) node.disk.group_commit = group_commit;
  return made;
}

}  // namespace

TEST_CASE("tcc: a crash at any point of the good case leaves what the table says", "[tcc][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const bool group_commit = GENERATE(false, true);
  const Deployment good = one_order(services, group_commit);
  std::size_t fired = 0;
  for (CrashPoint point : crash_points(good)) {
    for (const Keep keep : {Keep::forced, Keep::some, Keep::all, Keep::torn}) {
      for (const sim::Duration restart : restarts) {
        point.crash.keep = keep;
        point.crash.restart_after = restart;
        INFO(point.text << ", keeps " << name_of(keep) << ", restarts after "
                        << sim::to_text(restart));
        const Run run{with_faults(good, {point.crash})};
        REQUIRE(run.all_faults_fired());
        REQUIRE(run.world().end_reason() == sim::EndReason::rest);
        require_repaired(point, run.facts(), services);
        ++fired;
      }
    }
  }
  // Effects: initiator 2, n, n, 1, 2; manager 4, 3n, 5 + n, 2; service 3 and 3.
  REQUIRE(fired / (4 * std::size(restarts)) > 16 + 12 * services);
}

TEST_CASE("tcc: a crash for good leaves frozen what only the manager can end", "[tcc][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(services, GENERATE(false, true));
  for (CrashPoint point : crash_points(good)) {
    for (const Keep keep : {Keep::forced, Keep::some, Keep::all, Keep::torn}) {
      point.crash.keep = keep;
      INFO(point.text << ", keeps " << name_of(keep) << ", stays down");
      const Run run{with_faults(good, {point.crash})};
      const Facts facts = run.facts();
      require_safe(facts);
      if (crashed(point) == manager) {
        require_frozen_without_manager(facts, services);
      } else {
        require_finished_without(point, facts, services);
      }
    }
  }
}

TEST_CASE("tcc: a crash of everybody at once, at any point, ends the same way", "[tcc][crash]") {
  const std::size_t services = 2;
  const Deployment good = one_order(services, GENERATE(false, true));
  for (CrashPoint point : crash_points(good)) {
    for (const Keep keep : {Keep::forced, Keep::all, Keep::torn}) {
      point.crash.keep = keep;
      point.crash.restart_after = 50ms;
      for (const std::string node : {"orders", "transaction-manager", "s1", "s2"}) {
        if (node != point.crash.nodes.front()) point.crash.nodes.push_back(node);
      }
      INFO(point.text << ", keeps " << name_of(keep) << ", and all others");
      const Facts facts = Run{with_faults(good, {point.crash})}.facts();
      require_safe(facts);
      REQUIRE(facts.held() == 0);
      REQUIRE((facts.assigned() == 0 || facts.assigned() == services));
      if (facts.has(FactKind::placed)) REQUIRE(facts.assigned() == services);
      point.crash.nodes.resize(1);
    }
  }
}

}  // namespace indoubt::test
