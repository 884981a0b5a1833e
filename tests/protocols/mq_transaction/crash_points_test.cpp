#include "tests/support/crash_points.hpp"
#include "tests/protocols/mq_transaction/modes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/each_crash.hpp"

// Both modes, crashed once at every point of their good case, wherever that is: in the producer, in
// the broker, in a service.
namespace indoubt::test {
namespace {

const Restarts restarts{2ms, 10ms, 500ms, 3s};
constexpr std::uint32_t orders = 2;

Deployment good_case(const std::string& mode, std::size_t services, bool group_commit) {
  Deployment made = with_group_commit(mq(mode, services, orders), group_commit);
  made.workload.arrivals = sim::Distribution::constant(20ms);
  return made;
}

/// Every order takes effect everywhere and once, or nowhere, and the client is told nothing else.
void require_all_or_nothing(const Facts& facts, std::size_t services) {
  REQUIRE_FALSE(loses(facts, services, orders));
  REQUIRE_FALSE(has_ghost(facts, orders));
  REQUIRE_FALSE(repeats(facts, services, orders));
  for (std::uint32_t order = 1; order <= orders; ++order) {
    const Which it{.node = {}, .order = order, .value = {}};
    const bool is_placed = facts.decided(Outcome::commit, order);
    REQUIRE_FALSE(facts.is_split(order));
    REQUIRE(facts.assigned(it) == (is_placed ? services : 0));
    if (facts.has(FactKind::placed, it)) REQUIRE(is_placed);
    if (facts.has(FactKind::not_placed, it)) REQUIRE_FALSE(is_placed);
  }
}

/// Orders that a crash at this point leaves placed. Of the producer: in broker mode whatever is
/// pending goes on, and with a half message whatever is committed. A broker that is down for long
/// asks about its half messages before it gets another, and then the order is rejected.
std::size_t placed_at_least(const std::string& mode, const CrashPoint& point) {
  const bool is_short = *point.crash.restart_after < 1s;
  if (point.node() == "broker" && mode == "half-message" && !is_short) return 0;
  if (!is_coordinator(point)) return orders;
  return point.times(mode == "half-message" ? "forced order_placed" : "forced order_pending");
}

}  // namespace

TEST_CASE("mq transaction: a crash at any point leaves all messages of an order or none",
          "[mq][crash]") {
  const std::string mode = GENERATE("broker", "marker", "half-message");
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{3});
  const Deployment good = good_case(mode, services, GENERATE(false, true));
  INFO(mode);
  const std::size_t points = require_after_each_crash(
      {.of = good, .restarts = restarts}, [&](const CrashPoint& point, const Run& run) {
        const Facts facts = run.facts();
        require_all_or_nothing(facts, services);
        REQUIRE(placed(facts, orders) >= placed_at_least(mode, point));
      });
  // Effects for each order: producer 6 or more, broker 5 and 3 for each service, a service 3.
  REQUIRE(points > orders * (6 + 5 + services * (3 + 3)));
}

TEST_CASE("mq transaction: so does a crash of everybody at once", "[mq][crash]") {
  const std::string mode = GENERATE("broker", "half-message");
  const Deployment good = good_case(mode, 2, GENERATE(false, true));
  INFO(mode);
  require_after_each_crash(crashes_of_everybody(good), [](const CrashPoint&, const Run& run) {
    require_all_or_nothing(run.facts(), 2);
  });
}

TEST_CASE("mq transaction: what is checked back is what the database says", "[mq][crash]") {
  struct Case {
    NamedFault fault;
    bool is_placed;
  };
  const Case cases[] = {
      // After the half message: there is no row, so the check inserts one.
      {crash_before("orders", 1, handling("half_stored"), Keep::forced, 10ms), false},
      // After the local commit, and an end that was sent and is lost: there is a row.
      {crash_before("orders", 3, handling("commit_due"), Keep::forced, 10ms), true},
      {on_messages(sim::Action::drop, messages("end", "orders", "broker", 1)), true},
  };
  for (const Case& one : cases) {
    const Run run{with_faults(mq("half-message"), {one.fault})};
    REQUIRE(run.all_faults_fired());
    REQUIRE(run.sent("check_back") == 1);
    REQUIRE(run.facts().decided(Outcome::commit) == one.is_placed);
    REQUIRE(run.facts().decided(Outcome::abort) != one.is_placed);
    REQUIRE(run.facts().assigned() == (one.is_placed ? 2 : 0));
  }
}

TEST_CASE("mq transaction: a broker that loses its note delivers a half message twice",
          "[mq][crash]") {
  const NamedFault crash = crash_before("broker", 5, handling("end"), Keep::forced, 10ms);
  const Run run{with_faults(mq("half-message"), {crash})};
  REQUIRE(run.all_faults_fired());
  REQUIRE(run.sent("check_back") == 1);
  REQUIRE(run.facts().count(FactKind::published) == 2);
  REQUIRE(run.facts().count(FactKind::applied) == 2);
}

TEST_CASE("mq transaction: a commit whose answer is lost is the same transaction once more",
          "[mq][crash]") {
  const NamedFault lost =
      on_messages(sim::Action::drop, messages("committed", "broker", "orders", 1));
  const Run run{with_faults(mq("broker"), {lost})};
  REQUIRE(run.all_faults_fired());
  REQUIRE(run.sent("commit") == 2);
  REQUIRE(run.facts().count(FactKind::published) == 2);
  REQUIRE(run.facts().has(FactKind::placed));
}

}  // namespace indoubt::test
