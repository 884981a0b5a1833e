#include "tests/support/crash_points.hpp"
#include "tests/protocols/outbox/relays.hpp"
#include "tests/support/catch.hpp"

// The outbox, crashed once at every point of its good case, wherever that is: in the order service
// and its relay, in the broker, in a service.
namespace indoubt::test {
namespace {

constexpr Keep all_keeps[] = {Keep::forced, Keep::some, Keep::all, Keep::torn};
constexpr sim::Duration restarts[] = {2ms, 10ms, 500ms, 3s};
constexpr std::uint32_t orders = 2;

bool is_coordinator(const CrashPoint& point) { return point.crash.nodes.front() == "orders"; }

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

/// How many commits a crash of the order service at this point cannot take back: an order whose
/// record was forced is placed, also if the client was not told.
std::size_t committed_by(const CrashPoint& point) {
  return static_cast<std::size_t>(
      std::count(point.done.begin(), point.done.end(), "forced order_placed"));
}

}  // namespace

TEST_CASE("outbox: a crash at any point loses no message, and repeats and invents none",
          "[outbox][crash]") {
  const std::string relay = GENERATE("polling", "log-tailing");
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = good_case(relay, services, GENERATE(false, true));
  std::size_t fired = 0;
  for (CrashPoint point : crash_points(good)) {
    for (const Keep keep : all_keeps) {
      for (const sim::Duration restart : restarts) {
        point.crash.keep = keep;
        point.crash.restart_after = restart;
        INFO(relay << ": " << point.text << ", keeps " << name_of(keep) << ", restarts after "
                   << sim::to_text(restart));
        const Run run{with_faults(good, {point.crash})};
        REQUIRE(run.all_faults_fired());
        REQUIRE(run.world().end_reason() == sim::EndReason::rest);
        const Facts facts = run.facts();
        require_delivered(facts, services);
        const std::size_t committed = facts.count(FactKind::decided);
        REQUIRE(committed >= (is_coordinator(point) ? committed_by(point) : std::size_t{orders}));
        ++fired;
      }
    }
  }
  // Effects for each order: order service 4 and 3 or more for each message, broker 6 for each
  // message, service 3.
  REQUIRE(fired / (4 * std::size(restarts)) > orders * (4 + services * (3 + 6 + 3)));
}

TEST_CASE("outbox: a crash of everybody at once, at any point, loses no message either",
          "[outbox][crash]") {
  const std::string relay = GENERATE("polling", "log-tailing");
  const Deployment good = good_case(relay, 2, GENERATE(false, true));
  for (CrashPoint point : crash_points(good)) {
    for (const auto& node : good.nodes) {
      if (node.name != point.crash.nodes.front()) point.crash.nodes.push_back(node.name);
    }
    for (const Keep keep : all_keeps) {
      point.crash.keep = keep;
      point.crash.restart_after = 50ms;
      INFO(relay << ": " << point.text << ", keeps " << name_of(keep) << ", and all others");
      require_delivered(Run{with_faults(good, {point.crash})}.facts(), 2);
    }
  }
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
