#include "tests/support/crash_points.hpp"

#include "tests/support/catch.hpp"

// Parallel commits, crashed once at every point of the good case.
namespace indoubt::test {
namespace {

enum class Expected { abort, commit, as_kept };

bool is_coordinator(const CrashPoint& point) { return point.crash.nodes.front() == "orders"; }

/// The commit point is the last force of an intent. Before the messages to write it have left there
/// is none; what a disk keeps of an intent that is not forced yet decides, because recovery finds
/// it.
Expected expected_at(const CrashPoint& point, std::size_t services) {
  if (is_coordinator(point)) {
    const auto sent = static_cast<std::size_t>(
        std::count_if(point.done.begin(), point.done.end(), [](const std::string& what) {
          return what == "send stage" || what == "send write_intent";
        }));
    return sent == services ? Expected::commit : Expected::abort;
  }
  if (point.has_done("forced intent")) return Expected::commit;
  if (!point.has_done("append intent")) return Expected::abort;
  return Expected::as_kept;
}

/// The outcomes that a disk leaves open: of one record that is not forced, `some` keeps it or not.
bool may_commit(const CrashPoint& point, std::size_t services) {
  const Expected expected = expected_at(point, services);
  if (expected != Expected::as_kept) return expected == Expected::commit;
  return point.crash.keep == Keep::all || point.crash.keep == Keep::some;
}
bool may_abort(const CrashPoint& point, std::size_t services) {
  const Expected expected = expected_at(point, services);
  if (expected != Expected::as_kept) return expected == Expected::abort;
  return point.crash.keep != Keep::all;
}

void require_safe(const Facts& facts) {
  REQUIRE_FALSE(facts.is_split());
  if (facts.decided(Outcome::abort)) REQUIRE(facts.assigned() == 0);
  REQUIRE_FALSE((facts.has(FactKind::placed) && facts.has(FactKind::not_placed)));
  if (facts.has(FactKind::placed)) REQUIRE_FALSE(facts.decided(Outcome::abort));
  if (facts.has(FactKind::not_placed)) REQUIRE(facts.assigned() == 0);
}

void require_repaired(const CrashPoint& point, const Facts& facts, std::size_t services) {
  require_safe(facts);
  REQUIRE(facts.held() == 0);
  const bool commits = facts.assigned() != 0;
  REQUIRE(facts.assigned() == (commits ? services : 0));
  REQUIRE((commits ? may_commit(point, services) : may_abort(point, services)));
  if (!is_coordinator(point)) {
    REQUIRE(facts.has(FactKind::placed) == commits);
    REQUIRE(facts.has(FactKind::not_placed) == !commits);
  }
}

/// Before the next message arrives, a little later, before the timeouts, and after them.
constexpr sim::Duration restarts[] = {2ms, 10ms, 700ms, 3s};

Deployment one_order(std::size_t services, bool group_commit) {
  Deployment made = deployment("parallel-commits", services);
  for (auto& node : made.nodes) node.disk.group_commit = group_commit;
  return made;
}

}  // namespace

TEST_CASE("parallel commits: a crash at any point of the good case leaves what the table says",
          "[parallel][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(services, GENERATE(false, true));
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
  // Effects: coordinator 1 + n and 3, service 4 and 2 or more.
  REQUIRE(fired / (4 * std::size(restarts)) > 4 + services + 6 * services);
}

TEST_CASE("parallel commits: without the coordinator the services end the order",
          "[parallel][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(services, GENERATE(false, true));
  for (CrashPoint point : crash_points(good)) {
    if (!is_coordinator(point)) continue;
    INFO(point.text << ", stays down");
    const Run run{with_faults(good, {point.crash})};
    const Facts facts = run.facts();
    REQUIRE(run.world().end_reason() == sim::EndReason::rest);
    require_safe(facts);
    REQUIRE(facts.held() == 0);
    const bool commits = expected_at(point, services) == Expected::commit;
    REQUIRE(facts.assigned() == (commits ? services : 0));
  }
}

TEST_CASE("parallel commits: a crash of everybody at once, at any point, ends the same way",
          "[parallel][crash]") {
  const Deployment good = one_order(2, GENERATE(false, true));
  for (const CrashPoint& point : crash_points(good)) {
    for (const Keep keep : {Keep::forced, Keep::all, Keep::torn}) {
      NamedFault all = point.crash;
      all.keep = keep;
      all.restart_after = 50ms;
      for (const auto& node : good.nodes) {
        if (node.name != point.crash.nodes.front()) all.nodes.push_back(node.name);
      }
      INFO(point.text << ", keeps " << name_of(keep) << ", and all others");
      const Facts facts = Run{with_faults(good, {all})}.facts();
      require_safe(facts);
      REQUIRE(facts.held() == 0);
      REQUIRE((facts.assigned() == 0 || facts.assigned() == 2));
      if (facts.has(FactKind::placed)) REQUIRE(facts.assigned() == 2);
    }
  }
}

}  // namespace indoubt::test
