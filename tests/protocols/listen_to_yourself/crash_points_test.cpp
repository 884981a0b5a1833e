#include "tests/support/crash_points.hpp"
#include "tests/protocols/listen_to_yourself/listening.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/each_crash.hpp"
#include "tests/support/verdicts.hpp"

// Everybody crashed once at every point of the good case.
namespace indoubt::test {
namespace {

const Restarts restarts{2ms, 10ms, 500ms, 3s};
constexpr std::uint32_t orders = 2;

Deployment good_case(std::size_t services, bool group_commit) {
  Deployment made = with_group_commit(listening(services, orders), group_commit);
  made.workload.arrivals = sim::Distribution::constant(20ms);
  return made;
}

/// What is on the log takes effect everywhere, once and in order, and its publisher knows; nothing
/// else does.
void require_heard(const Facts& facts, std::size_t services) {
  REQUIRE_FALSE(loses(facts, services, orders));
  REQUIRE_FALSE(has_ghost(facts, orders));
  REQUIRE_FALSE(repeats(facts, services, orders));
  REQUIRE_FALSE(reorders(facts, services, broker_of(services)));
  for (std::uint32_t order = 1; order <= orders; ++order) {
    const Which it{.node = {}, .order = order, .value = {}};
    const bool is_placed = facts.decided(Outcome::commit, order);
    REQUIRE(facts.assigned(it) == (is_placed ? services : 0));
    const Which noted{.node = "orders", .order = order, .value = Outcome::commit};
    REQUIRE(facts.has(FactKind::decided, noted) == is_placed);
    REQUIRE((effects(facts, order, "orders") != 0) == is_placed);
  }
}

/// Only the publisher's crash can lose an order, and only before the broker has it.
std::size_t placed_at_least(const CrashPoint& point) {
  if (!is_coordinator(point)) return orders;
  return point.has_done("forced order_noted") ? 1 : 0;
}

}  // namespace

TEST_CASE("listen to yourself: a crash at any point leaves an order heard by all or by nobody",
          "[listen][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{3});
  const Deployment good = good_case(services, GENERATE(false, true));
  const std::size_t points = require_after_each_crash(
      {.of = good, .restarts = restarts}, [&](const CrashPoint& point, const Run& run) {
        const Facts facts = run.facts();
        require_heard(facts, services);
        REQUIRE(placed(facts, orders) >= placed_at_least(point));
      });
  // Effects for each order: publisher 6 or more, broker 4 and 2 for each consumer, a service 3.
  REQUIRE(points > orders * (6 + 4 + services * (2 + 3)));
}

TEST_CASE("listen to yourself: so does a crash of everybody at once", "[listen][crash]") {
  const Deployment good = good_case(2, GENERATE(false, true));
  require_after_each_crash(crashes_of_everybody(good), [](const CrashPoint&, const Run& run) {
    require_heard(run.facts(), 2);
  });
}

TEST_CASE("listen to yourself: a service cannot veto, so an order can be placed in part",
          "[listen]") {
  Deployment made = listening();
  made.nodes[2].stock = {{"unit", 0}};
  CHECK(Run{made}.facts().has(FactKind::placed));
  CHECK(violated(made) == std::vector<std::string>{"atomicity", "truthful-reply", "no-leak"});
}

TEST_CASE("listen to yourself: without its publisher an order goes on", "[listen]") {
  const Deployment made = with_faults(
      listening(), {crash_before("orders", 1, handling("confirmed"), Keep::forced, std::nullopt)});
  const Facts facts = Run{made}.facts();
  CHECK(facts.assigned() == 2);
  CHECK_FALSE(facts.has(FactKind::placed));
  CHECK(violated(made).empty());
}

}  // namespace indoubt::test
