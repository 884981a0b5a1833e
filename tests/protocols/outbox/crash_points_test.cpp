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

Deployment good_case(const std::string& relay, std::size_t services, bool group_commit) {
  Deployment made = with_group_commit(outbox(relay, services, orders), group_commit);
  made.workload.arrivals = sim::Distribution::constant(20ms);
  return made;
}

/// Whatever is committed takes effect everywhere, once and in order, and nothing else does.
void require_delivered(const Facts& facts, std::size_t services) {
  REQUIRE_FALSE(loses(facts, services, orders));
  REQUIRE_FALSE(has_ghost(facts, orders));
  REQUIRE_FALSE(repeats(facts, services, orders));
  REQUIRE_FALSE(reorders(facts, services));
  for (std::uint32_t order = 1; order <= orders; ++order) {
    const Which it{.node = {}, .order = order, .value = {}};
    const bool is_placed = facts.decided(Outcome::commit, order);
    REQUIRE(facts.assigned(it) == (is_placed ? services : 0));
    if (facts.has(FactKind::placed, it)) REQUIRE(is_placed);
  }
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
