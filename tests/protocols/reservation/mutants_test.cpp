#include "tests/protocols/reservation/ledger.hpp"
#include "tests/support/catch.hpp"

using namespace indoubt;
using namespace indoubt::reservation::test;
using namespace std::chrono_literals;
using sim::Action;

// For each planted mistake the fewest faults that show it. On the same schedule the correct roles
// do nothing wrong.
namespace {

void expect_caught(kit::Deployment deployment, const std::string& mutant,
                   const std::string& property) {
  INFO(mutant);
  const Run correct{deployment, 1};
  CHECK(correct.wrong.empty());
  CHECK(correct.violated.empty());
  CHECK(correct.unfired == 0);
  const Run wrong{with_mutant(std::move(deployment), mutant), 1};
  CHECK_FALSE(wrong.wrong.empty());
  CAPTURE(wrong.violated);
  if (!property.empty()) CHECK(wrong.violates(property));
}

sim::NamedFault with_nth(sim::NamedFault crash, std::uint32_t nth) {
  crash.place.handling->nth = nth;
  return crash;
}

}  // namespace

TEST_CASE("reservation: M-F01, holds without a name", "[reservation][mutant]") {
  auto deployment = food_delivery(2, 2, 2);
  deployment.faults = {match_fault(Action::delay, "assign", "store", 20ms)};
  expect_caught(deployment, "M-F01", "exclusive-hold");
}

TEST_CASE("reservation: M-F02, the expiry is not looked at", "[reservation][mutant]") {
  auto deployment = food_delivery(1, 1, 1);
  SECTION("the clock is set forward") { deployment.faults = {jump_at("courier", 14ms, 6s)}; }
  SECTION("the service pauses for longer than the hold lives") {
    deployment.faults = {pause_at("courier", 14ms, 6s)};
  }
  expect_caught(deployment, "M-F02", "reservation-expiry");
}

TEST_CASE("reservation: M-F04, a sweeper that writes what it read before",
          "[reservation][mutant]") {
  // The store hears nothing more of order 1. When that hold has run out, order 2 gets the unit and
  // is placed, all between the sweeper's two steps.
  auto deployment = food_delivery(2, 1, 2);
  deployment.workload.arrivals = sim::Distribution::constant(2020ms);
  deployment.protocol.options = {{"reservation_ttl", sim::Duration{2s}}};
  deployment.faults = {match_fault(Action::drop, "reserved", "orders"),
                       match_fault(Action::drop, "release", "store", {}, 0)};
  deployment.faults[0].match.from = "store";
  expect_caught(deployment, "M-F04", "truthful-reply");
}

TEST_CASE("reservation: M-F05, assigning is tried for longer than a hold lives",
          "[reservation][mutant]") {
  auto deployment = food_delivery(1, 1, 1);
  deployment.faults = {cut_off("courier", 15ms, 8s)};
  expect_caught(deployment, "M-F05", "no-leak");
}

TEST_CASE("reservation: M-F06, the coordinator's clock judges", "[reservation][mutant]") {
  auto deployment = food_delivery(1, 1, 1);
  SECTION("too late") {
    deployment.faults = {jump_at("courier", 14ms, 6s)};
    expect_caught(deployment, "M-F06", "reservation-expiry");
  }
  SECTION("too early: no order is ever placed") {
    deployment.faults = {jump_at("orders", 1ms, 6s)};
    CHECK(Run{deployment, 1}.placed(1));
    CHECK(Run{with_mutant(deployment, "M-F06"), 1}.not_placed(1));
  }
}

TEST_CASE("reservation: M-F08, a late copy of a reserve", "[reservation][mutant]") {
  auto deployment = food_delivery(1, 1, 1);
  SECTION("after the release: units are held for nobody until they run out") {
    deployment.faults = {match_fault(Action::drop, "reserved", "orders"),
                         match_fault(Action::duplicate, "reserve", "courier", 3s)};
    expect_caught(deployment, "M-F08", "");
  }
  SECTION("over an assignment whose answer is lost: units are taken for ever") {
    deployment = food_delivery(1, 2, 2);
    deployment.faults = {match_fault(Action::drop, "assigned", "orders"),
                         match_fault(Action::duplicate, "reserve", "store", 50ms)};
    deployment.faults[0].match.from = "store";
    expect_caught(deployment, "M-F08", "no-leak");
  }
}

TEST_CASE("reservation: M-F10, nothing takes an assignment back", "[reservation][mutant]") {
  auto deployment = food_delivery(1, 1, 1);
  deployment.faults = {cut_off("courier", 15ms, 8s)};
  expect_caught(deployment, "M-F10", "no-leak");
}

TEST_CASE("reservation: R-01, nobody sweeps", "[reservation][mutant]") {
  auto deployment = food_delivery(1, 1, 1);
  deployment.faults = {cut_off("courier", 15ms, 20s)};
  const Run correct{deployment, 1};
  CHECK(correct.violated.empty());
  const Run wrong{with_mutant(deployment, "R-01"), 1};
  CHECK(wrong.violates("reservation-expiry"));
  CHECK(wrong.count(sim::FactKind::expired) == 0);
}

TEST_CASE("reservation: R-02, a release frees again what is another's by now",
          "[reservation][mutant]") {
  auto deployment = food_delivery(2, 1, 1);
  deployment.workload.arrivals = sim::Distribution::constant(2s);
  deployment.faults = {match_fault(Action::drop, "reserved", "orders"),
                       match_fault(Action::duplicate, "release", "", 3s, 0)};
  expect_caught(deployment, "R-02", "conservation");
}

TEST_CASE("reservation: R-03, a repeated reserve renews an assigned hold",
          "[reservation][mutant]") {
  auto deployment = food_delivery(1, 1, 1);
  deployment.faults = {match_fault(Action::duplicate, "reserve", "store", 1s)};
  expect_caught(deployment, "R-03", "truthful-reply");
}

TEST_CASE("reservation: R-04, an assignment is told before it is durable",
          "[reservation][mutant]") {
  auto deployment = food_delivery(1, 1, 1);
  // Before the force, which comes third in the correct role and fourth in the mutant.
  deployment.faults = {crash_before("store", "assign", 4, sim::Keep::forced, 500ms)};
  expect_caught(deployment, "R-04", "truthful-reply");
}

TEST_CASE("reservation: R-05, the client is told before the decision is durable",
          "[reservation][mutant]") {
  auto deployment = food_delivery(1, 1, 1);
  deployment.faults = {with_nth(crash_before("orders", "assigned", 4, sim::Keep::forced, 10s), 2)};
  expect_caught(deployment, "R-05", "truthful-reply");
}

TEST_CASE("reservation: as published, an answer that is lost takes another order's unit",
          "[reservation][published]") {
  auto deployment = food_delivery(2, 2, 2);
  deployment.faults = {match_fault(Action::drop, "assigned", "orders")};
  CHECK(Run{deployment, 1}.wrong.empty());
  deployment.protocol.variant = "as-published";
  const Run run{deployment, 1};
  CHECK(run.violates("exclusive-hold"));
}

TEST_CASE("reservation: as published, a crashed coordinator forgets what was assigned",
          "[reservation][published]") {
  auto deployment = food_delivery(1, 1, 1);
  deployment.protocol.variant = "as-published";
  deployment.faults = {crash_before("orders", "assigned", 1, sim::Keep::forced, 500ms)};
  const Run run{deployment, 1};
  CHECK(run.violates("no-leak"));
  CHECK_FALSE(run.placed(1));
  CHECK(run.assigned(1) == 1);
}
