#include "tests/support/crash_points.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/crash_outcomes.hpp"
#include "tests/support/each_crash.hpp"

// A local message table, crashed once at every point of its good case.
namespace indoubt::test {
namespace {

/// Without a durable order there are no messages. With it all of them have their effect, once.
Expected expected_at(const CrashPoint& point) {
  if (!is_coordinator(point) || point.has_done("forced order_placed")) return Expected::commit;
  return point.has_done("append order_placed") ? Expected::as_kept : Expected::abort;
}

Deployment one_order(std::size_t services, bool group_commit) {
  return with_group_commit(deployment("local-message-table", services), group_commit);
}

/// The order is all or nothing, and each of its messages has had its effect once.
void require_delivered(const CrashPoint& point, const Facts& facts, std::size_t services) {
  const bool is_placed = facts.decided(Outcome::commit);
  require_expected(on_disk(expected_at(point), point.crash.keep), is_placed);
  REQUIRE(facts.count(FactKind::applied) == (is_placed ? services : 0));
  REQUIRE(facts.assigned() == (is_placed ? services : 0));
  if (facts.has(FactKind::placed)) REQUIRE(is_placed);
}

/// Before the next message arrives, a little later, within a lease, and after it.
const Restarts restarts{2ms, 10ms, 150ms, 3s};

}  // namespace

TEST_CASE("local message table: after a crash at any point every message has its effect once",
          "[lmt][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(services, GENERATE(false, true));
  const std::size_t points = require_after_each_crash(
      {.of = good, .restarts = restarts}, [&](const CrashPoint& point, const Run& run) {
        require_delivered(point, run.facts(), services);
      });
  // Effects: order service 4 for the order, 3 + n for the claim, n + 1 at the end; a service 3.
  REQUIRE(points > 8 + 5 * services);
}

TEST_CASE("local message table: a crash between claim and done only repeats the message",
          "[lmt][crash]") {
  const Deployment good = one_order(2, false);
  const auto is_between = [](const CrashPoint& point) {
    return is_coordinator(point) && point.has_done("forced rows_claimed") &&
           !point.has_done("append row_done");
  };
  std::size_t repeated = 0;
  // When it is back, no acknowledgement finds it up.
  require_after_each_crash(
      {.of = good, .keep = {Keep::forced}, .restarts = {50ms}, .only_at = is_between},
      [&](const CrashPoint& point, const Run& run) {
        const std::size_t sent_before = point.times("send deliver");
        REQUIRE(run.sent("deliver") == sent_before + 2);
        REQUIRE(run.facts().count(FactKind::applied) == 2);
        repeated += sent_before;
      });
  REQUIRE(repeated != 0);
}

TEST_CASE("local message table: without its order service the effects are those of an order",
          "[lmt][crash]") {
  const Deployment good = one_order(2, GENERATE(false, true));
  const Crashes crashes{.of = good, .only_at = is_coordinator};
  require_after_each_crash(crashes, [](const CrashPoint&, const Run& run) {
    const Facts facts = run.facts();
    if (facts.has(FactKind::applied)) {
      REQUIRE(facts.decided(Outcome::commit));
    }
    REQUIRE(facts.count(FactKind::applied) == facts.assigned());
  });
}

}  // namespace indoubt::test
