#include "tests/support/crash_points.hpp"
#include "tests/protocols/mq_transaction/modes.hpp"
#include "tests/support/catch.hpp"

// Both modes, crashed once at every point of their good case, wherever that is: in the producer, in
// the broker, in a service.
namespace indoubt::test {
namespace {

constexpr Keep all_keeps[] = {Keep::forced, Keep::some, Keep::all, Keep::torn};
constexpr sim::Duration restarts[] = {2ms, 10ms, 500ms, 3s};
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
  const std::string& node = point.crash.nodes.front();
  const bool is_short = *point.crash.restart_after < 1s;
  if (node == "broker" && mode == "half-message" && !is_short) return 0;
  if (node != "orders") return orders;
  const char* const record = mode == "broker" ? "forced order_pending" : "forced order_placed";
  return static_cast<std::size_t>(std::count(point.done.begin(), point.done.end(), record));
}

}  // namespace

TEST_CASE("mq transaction: a crash at any point leaves all messages of an order or none",
          "[mq][crash]") {
  const std::string mode = GENERATE("broker", "half-message");
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{3});
  const Deployment good = good_case(mode, services, GENERATE(false, true));
  std::size_t fired = 0;
  for (CrashPoint point : crash_points(good)) {
    for (const Keep keep : all_keeps) {
      for (const sim::Duration restart : restarts) {
        point.crash.keep = keep;
        point.crash.restart_after = restart;
        INFO(mode << ": " << point.text << ", keeps " << name_of(keep) << ", restarts after "
                  << sim::to_text(restart));
        const Run run{with_faults(good, {point.crash})};
        REQUIRE(run.all_faults_fired());
        REQUIRE(run.world().end_reason() == sim::EndReason::rest);
        require_all_or_nothing(run.facts(), services);
        std::size_t placed = 0;
        for (std::uint32_t i = 1; i <= orders; ++i)
          placed += run.facts().decided(Outcome::commit, i);
        REQUIRE(placed >= placed_at_least(mode, point));
        ++fired;
      }
    }
  }
  // Effects for each order: producer 6 or more, broker 5 and 3 for each service, a service 3.
  REQUIRE(fired / (4 * std::size(restarts)) > orders * (6 + 5 + services * (3 + 3)));
}

TEST_CASE("mq transaction: so does a crash of everybody at once", "[mq][crash]") {
  const std::string mode = GENERATE("broker", "half-message");
  const Deployment good = good_case(mode, 2, GENERATE(false, true));
  for (CrashPoint point : crash_points(good)) {
    for (const auto& node : good.nodes) {
      if (node.name != point.crash.nodes.front()) point.crash.nodes.push_back(node.name);
    }
    for (const Keep keep : all_keeps) {
      point.crash.keep = keep;
      point.crash.restart_after = 50ms;
      INFO(mode << ": " << point.text << ", keeps " << name_of(keep) << ", and all others");
      require_all_or_nothing(Run{with_faults(good, {point.crash})}.facts(), 2);
    }
  }
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
