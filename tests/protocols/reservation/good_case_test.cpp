#include "protocols/registry.hpp"
#include "tests/protocols/reservation/ledger.hpp"
#include "tests/support/catch.hpp"

using namespace indoubt;
using namespace indoubt::reservation::test;
using namespace std::chrono_literals;

TEST_CASE("reservation: without failures, two services cost 8 messages and 7 forced writes",
          "[reservation][cost]") {
  const Run run{food_delivery(1, 1, 1), 1};
  CHECK(run.wrong.empty());
  CHECK(run.placed(1));
  CHECK(run.assigned(1) == 2);
  CHECK(run.counters.messages == 8);
  CHECK(run.counters.forced_writes == 3 + 2 * 2);  // the coordinator, and each service
  CHECK(run.messages == std::map<std::string, std::uint64_t>{
                            {"reserve", 2}, {"reserved", 2}, {"assign", 2}, {"assigned", 2}});
  CHECK(run.end == sim::EndReason::rest);
  CHECK(run.history.back().time < sim::TrueTime{100ms});  // nobody waits for an expiry
}

TEST_CASE("reservation: messages and forced writes are linear in services and orders",
          "[reservation][cost]") {
  const std::uint32_t services = GENERATE(1u, 2u, 5u, 16u);
  const std::uint32_t orders = GENERATE(1u, 7u);
  kit::Deployment deployment;
  deployment.protocol.family = protocols::find_family("reservation");
  deployment.nodes.push_back({.name = "orders", .role = "coordinator", .host = {}});
  for (std::uint32_t i = 0; i < services; ++i) {
    const std::string name = "service-" + std::to_string(i);
    deployment.nodes.push_back(
        {.name = name, .role = {}, .host = {}, .stock = {{"unit", 2 * orders}}});
    deployment.workload.takes.push_back({name, {{"unit", 2}}});
  }
  deployment.workload.orders = orders;
  deployment.nodes[1].disk.group_commit = GENERATE(false, true);
  const Run run{deployment, 3};
  CHECK(run.wrong.empty());
  CHECK(run.counters.messages == 4 * services * orders);
  CHECK(run.counters.forced_writes == (3 + 2 * services) * orders);
}

TEST_CASE("reservation: as published costs the same messages, and nothing at the coordinator",
          "[reservation][cost][published]") {
  auto deployment = food_delivery(1, 1, 1);
  deployment.protocol.variant = "as-published";
  const Run run{deployment, 1};
  CHECK(run.wrong.empty());
  CHECK(run.placed(1));
  CHECK(run.counters.messages == 8);
  CHECK(run.counters.forced_writes == 4);
}

TEST_CASE("reservation: an order that cannot be served costs a round of releases",
          "[reservation][cost]") {
  const Run run{food_delivery(2, 2, 1), 1};
  CHECK(run.wrong.empty());
  CHECK(run.placed(1));
  CHECK(run.not_placed(2));
  CHECK(run.count(sim::FactKind::refused) == 1);
  CHECK(run.count(sim::FactKind::expired) == 0);
  CHECK(run.counters.messages == 8 + 8);
}

TEST_CASE("reservation: a full disk and a declining service refuse, and hold nothing",
          "[reservation]") {
  auto deployment = food_delivery(3, 3, 3);
  SECTION("full disk") {
    sim::NamedFault full;
    full.id = "full";
    full.at = sim::TrueTime{0ms};
    full.lasts = 1s;
    full.action = sim::Action::disk;
    full.disk = sim::DiskFault::full;
    full.nodes = {"courier"};
    deployment.faults = {full};
  }
  SECTION("declines") { deployment.nodes[2].decline = sim::Probability{1'000'000'000}; }
  const Run run{deployment, 1};
  CHECK(run.wrong.empty());
  CHECK(run.count(sim::FactKind::refused) == 3);
  CHECK(run.count(sim::FactKind::assigned) == 0);
  CHECK(run.count(sim::FactKind::released) == 3);
  for (const std::uint32_t order : {1u, 2u, 3u}) CHECK(run.not_placed(order));
}
