#include "tests/support/crash_points.hpp"
#include "tests/protocols/three_phase_commit/terminations.hpp"
#include "tests/support/catch.hpp"

// Three-phase commit, crashed once at every point of its good case, under each termination.
namespace indoubt::test {
namespace {

enum class Expected { abort, commit, either };

/// What becomes of the order if a node crashes at a stage. A stage begins with a deed, and lasts
/// until the next stage of the same role.
struct Stage {
  std::string_view begins_with;  ///< empty: from the start
  Expected expected;
};

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

bool is_coordinator(const CrashPoint& point) { return point.crash.nodes.front() == "orders"; }
bool recovers_by_asking(const std::string& termination) {
  return termination == "timeout" || termination == "skeen";
}

Expected expected_at(const CrashPoint& point, const std::string& termination) {
  Expected expected = Expected::abort;
  const auto follow = [&](const auto& stages) {
    for (const Stage& stage : stages) {
      if (stage.begins_with.empty() || point.has_done(stage.begins_with)) expected = stage.expected;
    }
  };
  is_coordinator(point) ? follow(coordinator_stages) : follow(participant_stages);
  const bool is_alone = expected == Expected::either && recovers_by_asking(termination);
  return is_alone ? Expected::abort : expected;
}

/// What must be true after any crash.
void require_safe(const Facts& facts) {
  REQUIRE_FALSE(facts.is_split());
  if (facts.decided(Outcome::abort)) REQUIRE(facts.assigned() == 0);
  REQUIRE_FALSE((facts.has(FactKind::placed) && facts.has(FactKind::not_placed)));
}

/// A coordinator that answered is believed; one that crashed before leaves its client without one.
void require_truthful(const CrashPoint& point, const Facts& facts, bool commits) {
  const bool answers = !is_coordinator(point) || point.has_done("send placed");
  REQUIRE(facts.has(FactKind::placed) == (answers && commits));
  REQUIRE(facts.has(FactKind::not_placed) == (answers && !commits));
}

/// Every service but the one that is gone has what was decided, and nobody waits.
void require_ended(const CrashPoint& point, const std::string& termination, const Facts& facts,
                   std::size_t services, std::string_view gone) {
  require_safe(facts);
  const Expected expected = expected_at(point, termination);
  const bool commits = facts.decided(Outcome::commit);
  if (expected != Expected::either) REQUIRE(commits == (expected == Expected::commit));
  for (std::size_t i = 1; i <= services; ++i) {
    const std::string service = "s" + std::to_string(i);
    if (service == gone) continue;
    REQUIRE(facts.held({.node = service}) == 0);
    REQUIRE(facts.assigned({.node = service}) == (commits ? 1 : 0));
  }
  require_truthful(point, facts, commits);
}

/// Before the next message arrives, a little later, before the timeouts, and after them.
constexpr sim::Duration restarts[] = {2ms, 10ms, 700ms, 2500ms, 5s};

Deployment one_order(const std::string& termination, std::size_t services, bool group_commit) {
  Deployment made = terminating(termination, services);
  for (auto& node : made.nodes) node.disk.group_commit = group_commit;
  return made;
}

}  // namespace

TEST_CASE("3pc: a crash at any point of the good case leaves what the table says", "[3pc][crash]") {
  const std::string termination = GENERATE(from_range(all_terminations));
  const std::size_t services = GENERATE(std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(termination, services, GENERATE(false, true));
  std::size_t fired = 0;
  for (CrashPoint point : crash_points(good)) {
    for (const Keep keep : {Keep::forced, Keep::some, Keep::all, Keep::torn}) {
      for (const sim::Duration restart : restarts) {
        point.crash.keep = keep;
        point.crash.restart_after = restart;
        INFO(termination << ": " << point.text << ", keeps " << name_of(keep) << ", restarts after "
                         << sim::to_text(restart));
        const Run run{with_faults(good, {point.crash})};
        REQUIRE(run.all_faults_fired());
        REQUIRE(run.world().end_reason() == sim::EndReason::rest);
        require_ended(point, termination, run.facts(), services, "nobody");
        ++fired;
      }
    }
  }
  // Effects: coordinator 1 + n, 1 + n, 3 + n, 6 + n, 2; service 2, 5, 4, 6.
  REQUIRE(fired / (4 * std::size(restarts)) > 13 + 21 * services);
}

TEST_CASE("3pc: a crash for good blocks nobody", "[3pc][crash]") {
  const std::string termination = GENERATE(from_range(all_terminations));
  const std::size_t services = GENERATE(std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(termination, services, GENERATE(false, true));
  for (CrashPoint point : crash_points(good)) {
    for (const Keep keep : {Keep::forced, Keep::some, Keep::all, Keep::torn}) {
      point.crash.keep = keep;
      INFO(termination << ": " << point.text << ", keeps " << name_of(keep) << ", stays down");
      const Run run{with_faults(good, {point.crash})};
      require_ended(point, termination, run.facts(), services, point.crash.nodes.front());
    }
  }
}

TEST_CASE("3pc: a crash of everybody at once, at any point, ends when all are up again",
          "[3pc][crash]") {
  const std::string termination = GENERATE(from_range(all_terminations));
  const std::size_t services = 2;
  const Deployment good = one_order(termination, services, GENERATE(false, true));
  for (CrashPoint point : crash_points(good)) {
    for (const Keep keep : {Keep::forced, Keep::all, Keep::torn}) {
      point.crash.keep = keep;
      point.crash.restart_after = 50ms;
      for (const auto& node : good.nodes) {
        if (node.name != point.crash.nodes.front()) point.crash.nodes.push_back(node.name);
      }
      INFO(termination << ": " << point.text << ", keeps " << name_of(keep) << ", and all others");
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
