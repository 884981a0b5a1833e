#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"
#include "tests/support/supervised.hpp"
#include "tests/support/verdicts.hpp"

// Where services may never have heard of an order: what its authority has placed is compared with
// what they have.
namespace indoubt::test {
namespace {

bool has(const std::vector<DeedLog::Deed>& deeds, std::string_view what) {
  return std::find_if(deeds.begin(), deeds.end(),
                      [&](const auto& one) { return one.what == what; }) != deeds.end();
}

Supervisable outbox_as_published() { return {"outbox", "as-published", {}}; }

/// Both messages of every order are lost on their way to the broker.
Deployment without_messages(std::uint32_t orders = 1) {
  Deployment made = deployment_of(outbox_as_published(), true, 2, orders);
  made.nodes.push_back({.name = "broker", .role = "broker", .host = {}});
  return with_faults(std::move(made),
                     {on_messages(sim::Action::drop, messages("publish", "orders", "broker"))});
}

/// The order is placed, and the broker never hears so: it parks the half message.
Deployment parked() {
  Deployment made =
      deployment_of({"mq-transaction",
                     "",
                     {{"mode", std::string{"half-message"}}, {"check_max", std::int64_t{2}}}},
                    true);
  made.nodes.push_back({.name = "broker", .role = "broker", .host = {}});
  return with_faults(std::move(made),
                     {on_messages(sim::Action::drop, messages("end", "orders", "broker"))});
}

}  // namespace

TEST_CASE("supervisor: services catch up with an order of which they never heard", "[supervisor]") {
  const Deployment made = GENERATE(without_messages(), parked());
  Deployment alone = made;
  std::erase_if(alone.protocol.options, [](const auto& it) { return it.first == "supervisor"; });
  CHECK(Run{alone}.facts().assigned() == 0);
  CHECK(contains(violated(alone), "no-loss"));
  const Run run{made};
  CHECK(run.facts().has(FactKind::placed));
  CHECK(run.facts().assigned() == 2);
  CHECK(run.world().end_reason() == sim::EndReason::rest);
  CHECK(violated(made).empty());
}

TEST_CASE("supervisor: compares nothing that is younger than its grace, and repairs after it",
          "[supervisor]") {
  Deployment made = without_messages();
  made.protocol.options.emplace_back("supervisor_grace", sim::Duration{4s});
  const auto deeds = deeds_of(made, "supervisor");
  REQUIRE(has(deeds, "send ask_effect"));
  for (const DeedLog::Deed& deed : deeds) CHECK(deed.at.time_since_epoch() > 4s);
  CHECK(deeds.back().at.time_since_epoch() < 4s + 1s + 200ms);
}

TEST_CASE("supervisor: what it makes services catch up with is on record first", "[supervisor]") {
  const auto deeds = deeds_of(without_messages(), "supervisor");
  REQUIRE(has(deeds, "send settle"));
  CHECK(position(deeds, "forced repair_intent") < position(deeds, "send settle"));
}

TEST_CASE("supervisor: who has no room to catch up is told once in a period", "[supervisor]") {
  Deployment made = without_messages();
  made.faults.push_back({});
  made.faults.back().id = "full";
  made.faults.back().action = sim::Action::disk;
  made.faults.back().disk = sim::DiskFault::full;
  made.faults.back().nodes = {"s1"};
  made.faults.back().at = sim::TrueTime{1s};
  made.faults.back().lasts = sim::Duration{5s};
  made.protocol.variant.clear();
  const Run run{made};
  CHECK(run.facts().assigned() == 2);
  CHECK(run.sent("settle") > 3);
  CHECK(run.sent("settle") < 10);
}

TEST_CASE("supervisor: orders are repaired in the order in which they were placed",
          "[supervisor]") {
  Deployment made = without_messages(20);
  made.network.latency = {sim::Distribution::Shape::exponential, 20ms, {}};
  made.workload.arrivals = {sim::Distribution::Shape::exponential, 10ms, {}};
  for (auto& node : made.nodes) {
    if (node.is_service()) node.stock.front().units = 20;
  }
  CHECK(violated(made).empty());
  CHECK(Run{made}.facts().assigned() == 40);
}

TEST_CASE("supervisor: an order that everybody has is reported no more, also after a crash",
          "[supervisor][crash]") {
  for (const Keep keep : {Keep::forced, Keep::all}) {
    const Deployment crashed = with_faults(deployment_of(outbox_as_published(), true),
                                           {crash_at("orders", 5s, keep, 10ms)});
    const auto deeds = deeds_of(crashed, "orders");
    REQUIRE(has(deeds, "append order_reconciled"));
    const auto is_late = [](const DeedLog::Deed& deed) {
      return deed.what == "send unreconciled" && deed.at.time_since_epoch() > 5s;
    };
    // Without the mark it is compared once more, and marked again.
    CHECK((std::count_if(deeds.begin(), deeds.end(), is_late) == 0) == (keep == Keep::all));
    CHECK(Run{crashed}.world().end_reason() == sim::EndReason::rest);
  }
}

}  // namespace indoubt::test
