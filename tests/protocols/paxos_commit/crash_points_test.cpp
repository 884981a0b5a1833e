#include "tests/support/crash_points.hpp"

#include "tests/protocols/paxos_commit/choices.hpp"
#include "tests/support/catch.hpp"

// Paxos Commit, crashed once at every point of its good case. One acceptor may be lost, and the
// coordinator is not missed either.
namespace indoubt::test {
namespace {

enum class Expected { abort, commit, either };

std::size_t times(const CrashPoint& point, std::string_view what) {
  return static_cast<std::size_t>(std::count(point.done.begin(), point.done.end(), what));
}

bool is_coordinator(const CrashPoint& point) { return point.crash.nodes.front() == "orders"; }
bool is_acceptor(const CrashPoint& point) {
  return point.crash.nodes.front().starts_with("acceptor");
}

/// What becomes of the order if a node crashes there, whether it comes back or not. Nothing depends
/// on what a disk keeps: a vote that has not left counts for nothing, and one that has is with
/// somebody else. One that has left for one acceptor of two may be found or not.
Expected expected_at(const CrashPoint& point, std::size_t services) {
  if (is_acceptor(point)) return Expected::commit;
  const std::size_t sent = times(point, is_coordinator(point) ? "send prepare" : "send vote");
  const std::size_t all = is_coordinator(point) ? services : 2;
  if (sent == all) return Expected::commit;
  return is_coordinator(point) || sent == 0 ? Expected::abort : Expected::either;
}

void require_safe(const Facts& facts) {
  REQUIRE_FALSE(facts.is_split());
  if (facts.decided(Outcome::abort)) REQUIRE(facts.assigned() == 0);
  REQUIRE_FALSE((facts.has(FactKind::placed) && facts.has(FactKind::not_placed)));
}

void require_told_the_truth(const Facts& facts, bool commits) {
  if (facts.has(FactKind::placed)) REQUIRE(commits);
  if (facts.has(FactKind::not_placed)) REQUIRE_FALSE(commits);
}

/// In the faster variant the coordinator leaves the answer to the services. A single one that
/// crashes may not give it, and services that have forgotten the work before they voted have none.
void require_repaired(const CrashPoint& point, const Facts& facts, std::size_t services,
                      bool is_fast) {
  const bool may_leave_client_alone = is_fast && (services == 1 || !facts.has(FactKind::voted));
  require_safe(facts);
  const Expected expected = expected_at(point, services);
  const bool commits = facts.assigned() != 0;
  if (expected != Expected::either) REQUIRE(commits == (expected == Expected::commit));
  REQUIRE(facts.held() == 0);
  REQUIRE(facts.assigned() == (commits ? services : 0));
  require_told_the_truth(facts, commits);
  const bool is_told = facts.has(FactKind::placed) || facts.has(FactKind::not_placed);
  if (!is_coordinator(point) && !may_leave_client_alone) REQUIRE(is_told);
}

/// Before the next message arrives, a little later, before the timeouts, and after them.
constexpr sim::Duration restarts[] = {2ms, 10ms, 700ms, 3s};

Deployment one_order(bool is_fast, std::size_t services, bool group_commit) {
  Deployment made = paxos(1, is_fast, services);
  for (std::size_t i = 1; i <= 3; ++i) add_acceptor(made, i, "");
  for (auto& node : made.nodes) node.disk.group_commit = group_commit;
  return made;
}

}  // namespace

TEST_CASE("paxos: a crash at any point of the good case leaves what the table says",
          "[paxos][crash]") {
  const bool is_fast = GENERATE(false, true);
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(is_fast, services, GENERATE(false, true));
  std::size_t fired = 0;
  for (CrashPoint point : crash_points(good)) {
    for (const Keep keep : {Keep::forced, Keep::some, Keep::all, Keep::torn}) {
      for (const sim::Duration restart : restarts) {
        point.crash.keep = keep;
        point.crash.restart_after = restart;
        INFO((is_fast ? "fast: " : "") << point.text << ", keeps " << name_of(keep)
                                       << ", restarts after " << sim::to_text(restart));
        const Run run{with_faults(good, {point.crash})};
        REQUIRE(run.all_faults_fired());
        REQUIRE(run.world().end_reason() == sim::EndReason::rest);
        require_repaired(point, run.facts(), services, is_fast);
        ++fired;
      }
    }
  }
  // Effects: coordinator 2 (1 + n), service 2 + 5 + 2, and acceptors n + 2 or more each.
  REQUIRE(fired / (4 * std::size(restarts)) > 2 + 2 * services + 9 * services + 2 * (services + 2));
}

TEST_CASE("paxos: a crash for good blocks nobody", "[paxos][crash]") {
  const bool is_fast = GENERATE(false, true);
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(is_fast, services, GENERATE(false, true));
  for (CrashPoint point : crash_points(good)) {
    for (const Keep keep : {Keep::forced, Keep::some, Keep::all, Keep::torn}) {
      point.crash.keep = keep;
      INFO((is_fast ? "fast: " : "")
           << point.text << ", keeps " << name_of(keep) << ", stays down");
      const Run run{with_faults(good, {point.crash})};
      const Facts facts = run.facts();
      REQUIRE(run.world().end_reason() == sim::EndReason::rest);
      require_safe(facts);
      const Expected expected = expected_at(point, services);
      for (std::size_t i = 1; i <= services; ++i) {
        const std::string service = "s" + std::to_string(i);
        if (service == point.crash.nodes.front()) continue;
        REQUIRE(facts.held({.node = service}) == 0);
        const bool commits = facts.assigned({.node = service}) != 0;
        if (expected != Expected::either) REQUIRE(commits == (expected == Expected::commit));
        require_told_the_truth(facts, commits);
      }
    }
  }
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
  for (CrashPoint point : crash_points(good)) {
    for (const Keep keep : {Keep::forced, Keep::all, Keep::torn}) {
      CrashPoint all = point;
      all.crash.keep = keep;
      all.crash.restart_after = 50ms;
      for (const auto& node : good.nodes) {
        if (node.name != point.crash.nodes.front()) all.crash.nodes.push_back(node.name);
      }
      INFO((is_fast ? "fast: " : "")
           << point.text << ", keeps " << name_of(keep) << ", and all others");
      const Facts facts = Run{with_faults(good, {all.crash})}.facts();
      require_safe(facts);
      REQUIRE(facts.held() == 0);
      REQUIRE((facts.assigned() == 0 || facts.assigned() == 2));
      require_told_the_truth(facts, facts.assigned() != 0);
    }
  }
}

}  // namespace indoubt::test
