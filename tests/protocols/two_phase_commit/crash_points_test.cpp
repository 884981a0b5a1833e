#include "tests/support/crash_points.hpp"
#include "tests/protocols/two_phase_commit/choices.hpp"
#include "tests/support/catch.hpp"

// Two-phase commit, crashed once at every point of its good case. What becomes of an order is the
// same under every presumption: they differ in what that costs.
namespace indoubt::test {
namespace {

enum class Expected { abort, commit, as_kept, either };

/// What becomes of the order if a node crashes at a stage and restarts. A stage begins with a deed,
/// and lasts until the next stage of the same role.
struct Stage {
  std::string_view begins_with;  ///< empty: from the start
  Expected expected;
};

/// The commit point is the force of the decision. Before it nobody was told, so both outcomes are
/// legal, and what the disk kept decides.
constexpr Stage coordinator_stages[] = {
    {"", Expected::abort},
    {"append commit_decision", Expected::as_kept},
    {"forced commit_decision", Expected::commit},
};

/// Until the vote has left, the coordinator waits in vain. From then on it commits.
constexpr Stage participant_stages[] = {
    {"", Expected::abort},
    {"append prepared", Expected::abort},
    {"forced prepared", Expected::abort},
    {"send vote", Expected::commit},
    {"append committed", Expected::commit},
    {"forced committed", Expected::commit},
};

bool is_coordinator(const CrashPoint& point) { return point.crash.nodes.front() == "orders"; }

Expected expected_at(const CrashPoint& point) {
  Expected expected = Expected::abort;
  const auto follow = [&](const auto& stages) {
    for (const Stage& stage : stages) {
      if (stage.begins_with.empty() || point.has_done(stage.begins_with)) expected = stage.expected;
    }
  };
  is_coordinator(point) ? follow(coordinator_stages) : follow(participant_stages);
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

/// A coordinator that answered is believed; one that crashed before leaves its client without one.
void require_truthful(const CrashPoint& point, const Facts& facts, bool commits) {
  const bool answers = !is_coordinator(point) || point.has_done("send placed");
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

/// Whoever voted yes and was not told waits for ever, and nobody else.
void require_blocked_without_coordinator(const Facts& facts, std::size_t services) {
  for (std::size_t i = 1; i <= services; ++i) {
    const std::string service = "s" + std::to_string(i);
    const bool voted = facts.has(FactKind::voted, {.node = service, .order = 1, .value = {}});
    REQUIRE(facts.held({.node = service}) + facts.assigned({.node = service}) == (voted ? 1 : 0));
  }
}

/// The others finish without the service that is gone; what it owes lies on its disk.
void require_finished_without_service(const CrashPoint& point, const Facts& facts,
                                      std::size_t services) {
  const std::string& gone = point.crash.nodes.front();
  const bool commits = expected_at(point) == Expected::commit;
  for (std::size_t i = 1; i <= services; ++i) {
    const std::string service = "s" + std::to_string(i);
    if (service == gone) continue;
    REQUIRE(facts.held({.node = service}) == 0);
    REQUIRE(facts.assigned({.node = service}) == (commits ? 1 : 0));
  }
  require_truthful(point, facts, commits);
}

/// Before the next message arrives, a little later, before the timeouts, and after them.
constexpr sim::Duration restarts[] = {2ms, 10ms, 700ms, 3s};

/// Cooperation helps if somebody who is up knows the outcome, or has not voted.
void require_helped_without_coordinator(const Facts& facts, std::size_t services) {
  const std::size_t voted = facts.count(FactKind::voted);
  const bool all_are_in_doubt = voted == services && facts.assigned() == 0;
  if (all_are_in_doubt) return require_blocked_without_coordinator(facts, services);
  REQUIRE(facts.held() == 0);
  REQUIRE((facts.assigned() == 0 || facts.assigned() == services));
}

Deployment one_order(const Choice& choice, std::size_t services, bool group_commit) {
  Deployment made = choosing(choice, deployment("two-phase-commit", services));
  for (auto& node : made.nodes) node.disk.group_commit = group_commit;
  return made;
}

}  // namespace

TEST_CASE("2pc: a crash at any point of the good case leaves what the table says", "[2pc][crash]") {
  const Choice choice = GENERATE(from_range(all_choices));
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const bool group_commit = GENERATE(false, true);
  const Deployment good = one_order(choice, services, group_commit);
  std::size_t fired = 0;
  for (CrashPoint point : crash_points(good)) {
    for (const Keep keep : {Keep::forced, Keep::some, Keep::all, Keep::torn}) {
      for (const sim::Duration restart : restarts) {
        point.crash.keep = keep;
        point.crash.restart_after = restart;
        INFO("presumed " << choice.presume << ", " << choice.termination << ": " << point.text
                         << ", keeps " << name_of(keep) << ", restarts after "
                         << sim::to_text(restart));
        const Run run{with_faults(good, {point.crash})};
        REQUIRE(run.all_faults_fired());
        REQUIRE(run.world().end_reason() == sim::EndReason::rest);
        require_repaired(point, run.facts(), services);
        ++fired;
      }
    }
  }
  // Effects: coordinator 1 + n, 1 + n, 3 + 1 + n + 1, 2; service 2, 5, 4. Presumed commit has three
  // more and three less at the coordinator, and no acknowledgement, which needs a force.
  const std::size_t fewer = choice.presume == "commit" ? 3 * services : 0;
  REQUIRE(fired / (4 * std::size(restarts)) > 11 + 14 * services - fewer);
}

TEST_CASE("2pc: a crash for good blocks those in doubt, and splits nobody", "[2pc][crash]") {
  const Choice choice = GENERATE(from_range(all_choices));
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(choice, services, GENERATE(false, true));
  for (CrashPoint point : crash_points(good)) {
    for (const Keep keep : {Keep::forced, Keep::some, Keep::all, Keep::torn}) {
      point.crash.keep = keep;
      INFO("presumed " << choice.presume << ", " << choice.termination << ": " << point.text
                       << ", keeps " << name_of(keep) << ", stays down");
      const Run run{with_faults(good, {point.crash})};
      const Facts facts = run.facts();
      require_safe(facts);
      if (is_coordinator(point)) {
        choice.is_cooperative() ? require_helped_without_coordinator(facts, services)
                                : require_blocked_without_coordinator(facts, services);
      } else {
        require_finished_without_service(point, facts, services);
      }
    }
  }
}

TEST_CASE("2pc: a crash of everybody at once, at any point, ends the same way", "[2pc][crash]") {
  const Choice choice = GENERATE(from_range(all_choices));
  const std::size_t services = 2;
  const Deployment good = one_order(choice, services, GENERATE(false, true));
  for (CrashPoint point : crash_points(good)) {
    for (const Keep keep : {Keep::forced, Keep::all, Keep::torn}) {
      point.crash.keep = keep;
      point.crash.restart_after = 50ms;
      for (const auto& node : good.nodes) {
        if (node.name != point.crash.nodes.front()) point.crash.nodes.push_back(node.name);
      }
      INFO("presumed " << choice.presume << ", " << choice.termination << ": " << point.text
                       << ", keeps " << name_of(keep) << ", and all others");
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
