#include "tests/protocols/reservation/ledger.hpp"
#include "tests/support/catch.hpp"

using namespace indoubt;
using namespace indoubt::reservation::test;
using namespace std::chrono_literals;
using sim::Action;

TEST_CASE("reservation: every message twice changes nothing", "[reservation][duplicate]") {
  const sim::Duration later =
      GENERATE(sim::Duration{0}, sim::Duration{7ms}, sim::Duration{900ms}, sim::Duration{9s});
  const char* const kind =
      GENERATE("place_order", "reserve", "reserved", "assign", "assigned", "placed");
  CAPTURE(kind, sim::to_text(later));
  auto deployment = food_delivery(3, 3, 3);
  deployment.faults = {match_fault(Action::duplicate, kind, "", later, 0)};
  deployment.faults[0].match.order.reset();
  const Run run{deployment, 1};
  CHECK(run.wrong.empty());
  CHECK(run.violated.empty());
  CHECK(run.count(sim::FactKind::held) == 6);
  CHECK(run.count(sim::FactKind::assigned) == 6);
  for (const std::uint32_t order : {1u, 2u, 3u}) CHECK(run.placed(order));
}

TEST_CASE("reservation: every message of an order that is released, twice",
          "[reservation][duplicate]") {
  const sim::Duration later =
      GENERATE(sim::Duration{0}, sim::Duration{7ms}, sim::Duration{900ms}, sim::Duration{9s});
  const char* const kind = GENERATE("reserve", "reserved", "none", "release", "released");
  CAPTURE(kind, sim::to_text(later));
  auto deployment = food_delivery(1, 1, 1);
  deployment.nodes[2].decline = sim::Probability{1'000'000'000};
  deployment.faults = {match_fault(Action::duplicate, kind, "", later, 0)};
  const Run run{deployment, 1};
  CHECK(run.wrong.empty());
  CHECK(run.violated.empty());
  CHECK(run.count(sim::FactKind::held) == 1);
  CHECK(run.count(sim::FactKind::released) == 1);
  CHECK(run.not_placed(1));
}

TEST_CASE("reservation: a reserve that is late finds the order released and takes nothing",
          "[reservation][late]") {
  auto deployment = food_delivery(1, 1, 1);
  deployment.faults = {match_fault(Action::delay, "reserve", "courier", 3s)};
  const Run run{deployment, 1};
  CHECK(run.wrong.empty());
  CHECK(run.not_placed(1));
  CHECK(run.count(sim::FactKind::held) == 1);
  CHECK(run.messages.at("none") == 1);
}

TEST_CASE("reservation: one lost message of any kind is made up for", "[reservation][loss]") {
  const char* const kind = GENERATE("reserve", "reserved", "assign", "assigned");
  CAPTURE(kind);
  auto deployment = food_delivery(1, 1, 1);
  deployment.faults = {match_fault(Action::drop, kind, "")};
  const Run run{deployment, 1};
  CHECK(run.wrong.empty());
  CHECK(run.violated.empty());
  // Without an answer to a reserve the order is given up; an assign is sent again.
  CHECK(run.placed(1) == (std::string_view{kind}.substr(0, 6) == "assign"));
}

TEST_CASE("reservation: a cut between the two assigns that outlasts the holds is undone",
          "[reservation][partition]") {
  auto deployment = food_delivery(1, 1, 1);
  auto lost = match_fault(Action::drop, "assign", "courier", {}, 0);
  deployment.faults = {lost};
  SECTION("hardened") {
    const Run run{deployment, 1};
    CHECK(run.wrong.empty());
    CHECK(run.violated.empty());
    CHECK(run.not_placed(1));
    CHECK(run.count(sim::FactKind::assigned) == 1);
  }
  SECTION("as published: who is told placed has everything, but the packet leaks") {
    deployment.protocol.variant = "as-published";
    const Run run{deployment, 1};
    CHECK(run.violates("no-leak"));
    CHECK(run.assigned(1) == 1);
    CHECK_FALSE(run.placed(1));
  }
  SECTION("as published, and the cut ends after the holds did") {
    deployment.protocol.variant = "as-published";
    deployment.faults = {cut_off("courier", 30ms, 10s)};
    const Run run{deployment, 1};
    CHECK(run.violates("no-leak"));
    CHECK(run.violates("atomicity"));
    CHECK(run.not_placed(1));
    CHECK(run.assigned(1) == 1);
  }
}

TEST_CASE("reservation: only the service's clock judges an expiry", "[reservation][clock]") {
  auto deployment = food_delivery(1, 1, 1);
  SECTION("set forward past it, the hold is over at once") {
    deployment.faults = {jump_at("courier", 14ms, 10s)};
    const Run run{deployment, 1};
    CHECK(run.not_placed(1));
    CHECK(run.messages.at("expired") == 1);
    CHECK(run.wrong.empty());
  }
  SECTION("the coordinator's clock does not matter") {
    deployment.faults = {jump_at("orders", 14ms, 10s)};
    CHECK(Run{deployment, 1}.placed(1));
    deployment.faults = {jump_at("orders", 14ms, -10s)};
    CHECK(Run{deployment, 1}.placed(1));
  }
  SECTION("set back, the hold lives longer, and a later one is not freed late") {
    deployment = food_delivery(2, 2, 2);
    deployment.workload.arrivals = sim::Distribution::constant(4s);
    deployment.faults = {jump_at("courier", 4500ms, -100s),
                         match_fault(Action::drop, "reserved", "", {}, 0)};
    deployment.faults[1].match.order.reset();
    const Run run{deployment, 1};
    CHECK(run.wrong.empty());
    CHECK(run.violated.empty());
  }
}

TEST_CASE("reservation: holds of a cut-off service end within a sweep of their expiry",
          "[reservation][clock]") {
  auto deployment = food_delivery(20, 20, 20);
  deployment.workload.arrivals = sim::Distribution::constant(20ms);
  deployment.faults = {cut_off("courier", 195ms, 20s)};
  const Run run{deployment, 1};
  CHECK(run.wrong.empty());
  CHECK(run.violated.empty());
  std::map<sim::OrderId, sim::TrueTime> held_at_courier;
  for (const sim::Fact& fact : run.history) {
    if (fact.kind == sim::FactKind::held && fact.node.index == 2) {
      held_at_courier[fact.order] = fact.time;
    }
    if (fact.kind != sim::FactKind::expired) continue;
    CHECK(fact.node.index == 2);
    CHECK(fact.time >= held_at_courier[fact.order] + 5s);
    CHECK(fact.time < held_at_courier[fact.order] + 5s + 100ms);
  }
  CHECK(run.count(sim::FactKind::expired) == 1);
}

TEST_CASE("reservation: a hold of no units runs out like any other when nobody asks for it",
          "[reservation][loss]") {
  auto deployment = food_delivery(1, 1, 1);
  deployment.workload.takes.back().items.clear();  // the courier only takes note
  deployment.faults = {crash_before("orders", "reserved", 1, sim::Keep::forced, std::nullopt)};
  deployment.faults.front().place.handling->nth = 2;  // both services hold
  const Run run{deployment, 1};
  CHECK(run.unfired == 0);
  CHECK(run.wrong.empty());
  CHECK(run.held == 0);
  CHECK(run.end == sim::EndReason::rest);  // and not merely still: no sweeper wakes any more
}
