#include "tests/support/crash_points.hpp"
#include "tests/protocols/outbox/relays.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/each_crash.hpp"

// The outbox, crashed once at every point of its good case, wherever that is: in the order service
// and its relay, in the broker, in a service.
namespace indoubt::test {
namespace {

const Restarts restarts{2ms, 10ms, 500ms, 3s};
constexpr std::uint32_t orders = 2;

Deployment good_case(Deployment made, bool group_commit) {
  made = with_group_commit(std::move(made), group_commit);
  made.workload.arrivals = sim::Distribution::constant(20ms);
  return made;
}
Deployment good_case(const std::string& relay, std::size_t services, bool group_commit) {
  return good_case(outbox(relay, services, orders), group_commit);
}

/// Whatever is committed takes effect everywhere, once, and nothing else does.
void require_delivered_in_any_order(const Facts& facts, std::size_t services) {
  REQUIRE_FALSE(loses(facts, services, orders));
  REQUIRE_FALSE(has_ghost(facts, orders));
  REQUIRE_FALSE(repeats(facts, services, orders));
  for (std::uint32_t order = 1; order <= orders; ++order) {
    const Which it{.node = {}, .order = order, .value = {}};
    const bool is_placed = facts.decided(Outcome::commit, order);
    REQUIRE(facts.assigned(it) == (is_placed ? services : 0));
    if (facts.has(FactKind::placed, it)) REQUIRE(is_placed);
  }
}

/// The same in the order of the commits.
void require_delivered(const Facts& facts, std::size_t services) {
  require_delivered_in_any_order(facts, services);
  REQUIRE_FALSE(reorders(facts, services));
}

/// How many commits a crash at this point cannot take back: of the order service those of which the
/// record was forced, also if the client was not told.
std::size_t committed_by(const CrashPoint& point) {
  return is_coordinator(point) ? point.times("forced order_placed") : orders;
}

}  // namespace

TEST_CASE("outbox: a crash at any point loses no message, and repeats and invents none",
          "[outbox][crash]") {
  const std::string relay = GENERATE("polling", "log-tailing");
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = good_case(relay, services, GENERATE(false, true));
  INFO(relay);
  const std::size_t points = require_after_each_crash(
      {.of = good, .restarts = restarts}, [&](const CrashPoint& point, const Run& run) {
        const Facts facts = run.facts();
        require_delivered(facts, services);
        REQUIRE(facts.count(FactKind::decided) >= committed_by(point));
      });
  // Effects for each order: order service 4 and 3 or more for each message, broker 6 for each
  // message, service 3.
  REQUIRE(points > orders * (4 + services * (3 + 6 + 3)));
}

TEST_CASE("outbox: a crash of everybody at once, at any point, loses no message either",
          "[outbox][crash]") {
  const std::string relay = GENERATE("polling", "log-tailing");
  const Deployment good = good_case(relay, 2, GENERATE(false, true));
  INFO(relay);
  require_after_each_crash(crashes_of_everybody(good), [](const CrashPoint&, const Run& run) {
    require_delivered(run.facts(), 2);
  });
}

TEST_CASE("outbox: a crash at any point of two relays and of all others loses no message",
          "[outbox][crash][relays]") {
  const std::string claim = GENERATE("lease", "skip-locked", "none");
  const Deployment good = good_case(shared_outbox(claim, 2, orders), GENERATE(false, true));
  INFO(claim);
  const std::size_t points = require_after_each_crash(
      {.of = good, .restarts = {10ms, 5s}}, [&](const CrashPoint& point, const Run& run) {
        const Facts facts = run.facts();
        require_delivered_in_any_order(facts, 2);
        if (claim != "skip-locked") REQUIRE_FALSE(reorders(facts, 2));
        REQUIRE(facts.count(FactKind::decided) >= committed_by(point));
      });
  // As with one relay, and for each message three more messages of the table and three of a relay.
  REQUIRE(points > orders * (4 + 2 * (3 + 6 + 3 + 6)));
}

TEST_CASE("outbox: a relay that is lost at any point is stood in for", "[outbox][crash][relays]") {
  const std::string claim = GENERATE("lease", "skip-locked", "none");
  const Deployment good = good_case(shared_outbox(claim, 2, orders), false);
  INFO(claim);
  const auto is_at_relay = [](const CrashPoint& point) { return point.node() == "relay"; };
  const std::size_t points = require_after_each_crash(
      {.of = good, .only_at = is_at_relay},
      [](const CrashPoint&, const Run& run) { require_delivered_in_any_order(run.facts(), 2); });
  REQUIRE(points > 8);
}

TEST_CASE("outbox: of what was published and not marked there is a second publishing",
          "[outbox][crash]") {
  // Before the last row's mark, or the position, is written: the broker has it, and the relay has
  // nothing that a crash does not take.
  const NamedFault crash =
      crash_before("orders", 2, handling("confirmed", 1, 2), Keep::forced, 10ms);
  const std::string relay = GENERATE("polling", "log-tailing");
  const Run run{with_faults(outbox(relay), {crash})};
  REQUIRE(run.all_faults_fired());
  REQUIRE(run.facts().count(FactKind::published) == 4);
  REQUIRE(run.facts().count(FactKind::applied) == 2);
}

TEST_CASE("outbox: a service that is lost keeps no message from others", "[outbox][crash]") {
  const std::string relay = GENERATE("polling", "log-tailing");
  Deployment made = good_case(relay, 2, false);
  made = with_faults(made, {crash_at("s1", 1ms, Keep::forced, {})});
  const Facts facts = Run{made}.facts();
  REQUIRE(facts.count(FactKind::applied, {.node = "s1", .order = {}, .value = {}}) == 0);
  REQUIRE(facts.count(FactKind::applied, {.node = "s2", .order = {}, .value = {}}) == orders);
}

}  // namespace indoubt::test
