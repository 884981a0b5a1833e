#include "tests/support/crash_points.hpp"
#include "tests/support/catch.hpp"

// A local message table, crashed once at every point of its good case.
namespace indoubt::test {
namespace {

constexpr Keep all_keeps[] = {Keep::forced, Keep::some, Keep::all, Keep::torn};

bool is_order_service(const CrashPoint& point) { return point.crash.nodes.front() == "orders"; }

/// Without a durable order there are no messages. With it all of them have their effect, once. One
/// unforced record may be kept or not.
enum class Expected { nothing, as_kept, placed };

Expected expected_at(const CrashPoint& point) {
  if (!is_order_service(point) || point.has_done("forced order_placed")) return Expected::placed;
  return point.has_done("append order_placed") ? Expected::as_kept : Expected::nothing;
}

bool can_be_placed(const CrashPoint& point) {
  const Expected expected = expected_at(point);
  const bool keeps = point.crash.keep == Keep::some || point.crash.keep == Keep::all;
  return expected == Expected::placed || (expected == Expected::as_kept && keeps);
}

bool can_be_nothing(const CrashPoint& point) {
  const Expected expected = expected_at(point);
  return expected == Expected::nothing ||
         (expected == Expected::as_kept && point.crash.keep != Keep::all);
}

Deployment one_order(std::size_t services, bool group_commit) {
  Deployment made = deployment("local-message-table", services);
  for (auto& node : made.nodes) node.disk.group_commit = group_commit;
  return made;
}

/// The order is all or nothing, and each of its messages has had its effect once.
void require_repaired(const CrashPoint& point, const Facts& facts, std::size_t services) {
  const bool is_placed = facts.decided(Outcome::commit);
  REQUIRE((is_placed ? can_be_placed(point) : can_be_nothing(point)));
  REQUIRE(facts.count(FactKind::applied) == (is_placed ? services : 0));
  REQUIRE(facts.assigned() == (is_placed ? services : 0));
  if (facts.has(FactKind::placed)) REQUIRE(is_placed);
}

/// Before the next message arrives, a little later, within a lease, and after it.
constexpr sim::Duration restarts[] = {2ms, 10ms, 150ms, 3s};

}  // namespace

TEST_CASE("local message table: after a crash at any point every message has its effect once",
          "[lmt][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(services, GENERATE(false, true));
  std::size_t fired = 0;
  for (CrashPoint point : crash_points(good)) {
    for (const Keep keep : all_keeps) {
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
  // Effects: order service 4 for the order, 3 + n for the claim, n + 1 at the end; a service 3.
  REQUIRE(fired / (4 * std::size(restarts)) > 8 + 5 * services);
}

TEST_CASE("local message table: a crash between claim and done only repeats the message",
          "[lmt][crash]") {
  const Deployment good = one_order(2, false);
  std::size_t repeated = 0;
  for (CrashPoint point : crash_points(good)) {
    if (!is_order_service(point) || !point.has_done("forced rows_claimed")) continue;
    if (point.has_done("append row_done")) continue;
    point.crash.restart_after = 50ms;  // no acknowledgement finds it up
    INFO(point.text);
    const Run run{with_faults(good, {point.crash})};
    const std::size_t sent_before =
        static_cast<std::size_t>(std::count(point.done.begin(), point.done.end(), "send deliver"));
    REQUIRE(run.sent("deliver") == sent_before + 2);
    REQUIRE(run.facts().count(FactKind::applied) == 2);
    repeated += sent_before;
  }
  REQUIRE(repeated != 0);
}

TEST_CASE("local message table: without its order service the effects are those of an order",
          "[lmt][crash]") {
  const Deployment good = one_order(2, GENERATE(false, true));
  for (CrashPoint point : crash_points(good)) {
    if (!is_order_service(point)) continue;
    for (const Keep keep : all_keeps) {
      point.crash.keep = keep;
      INFO(point.text << ", keeps " << name_of(keep) << ", stays down");
      const Facts facts = Run{with_faults(good, {point.crash})}.facts();
      if (facts.has(FactKind::applied)) REQUIRE(facts.decided(Outcome::commit));
      REQUIRE(facts.count(FactKind::applied) == facts.assigned());
    }
  }
}

}  // namespace indoubt::test
