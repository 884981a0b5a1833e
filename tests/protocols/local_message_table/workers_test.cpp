#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"
#include "tests/support/deliveries.hpp"
#include "tests/support/each_crash.hpp"
#include "tests/support/message_stress.hpp"
#include "tests/support/verdicts.hpp"

// Several workers of one table of messages: who sends what, and what becomes of it.
namespace indoubt::test {
namespace {

constexpr std::uint32_t orders = 2;

Deployment with_workers(std::int64_t workers, std::size_t services = 2, std::uint32_t count = 1,
                        std::uint32_t units = 10) {
  Deployment made = deployment("local-message-table", services, count, units);
  made.protocol.options = {{"workers", workers}};
  for (const char* name : {"worker", "worker-2"})
    made.nodes.push_back({.name = name, .role = "worker", .host = {}});
  return made;
}

void require_delivered(const Facts& facts) {
  REQUIRE_FALSE(loses(facts, 2, orders));
  REQUIRE_FALSE(has_ghost(facts, orders));
  REQUIRE_FALSE(repeats(facts, 2, orders));
}

/// The first worker has its messages and sends them when the other one has sent them.
NamedFault paused_with_its_messages() {
  NamedFault pause;
  pause.action = sim::Action::pause;
  pause.trigger = sim::Trigger::place;
  pause.place = {.handling = handling("hand_rows"), .effect = 1};
  pause.nodes = {"worker"};
  pause.lasts = 3s;
  return pause;
}

}  // namespace

TEST_CASE("local message table: a single worker is where it was",
          "[local-message-table][workers]") {
  const Run without{deployment("local-message-table", 3, 5)};
  Deployment made = deployment("local-message-table", 3, 5);
  made.protocol.options = {{"workers", std::int64_t{1}}};
  REQUIRE(Run{made}.world().digest() == without.world().digest());
}

TEST_CASE("local message table: one of several workers gets the rows of an order",
          "[local-message-table][workers]") {
  const Costs costs{with_workers(2, 3)};
  REQUIRE(costs.run().facts().count(FactKind::applied) == 3);
  REQUIRE(costs.messages({"rows_waiting"}) == 2);
  REQUIRE(costs.messages({"claim_rows"}) == 2);
  REQUIRE(costs.messages({"hand_rows"}) == 1);
  REQUIRE(costs.messages({"deliver"}) == 3);
  REQUIRE(costs.forces("orders") == 2);
}

TEST_CASE(
    "local message table: a crash at any point of two workers and of all others loses nothing",
    "[local-message-table][workers][crash]") {
  Deployment good = with_group_commit(with_workers(2, 2, orders), GENERATE(false, true));
  good.workload.arrivals = sim::Distribution::constant(20ms);
  const std::size_t points = require_after_each_crash(
      {.of = good, .restarts = {10ms, 5s}},
      [](const CrashPoint&, const Run& run) { require_delivered(run.facts()); });
  REQUIRE(points > 20);
}

TEST_CASE("local message table: a worker that is lost at any point is stood in for",
          "[local-message-table][workers][crash]") {
  const Deployment good = with_workers(2, 2, orders);
  const auto is_at_worker = [](const CrashPoint& point) { return point.node() == "worker"; };
  const std::size_t points = require_after_each_crash(
      {.of = good, .only_at = is_at_worker},
      [](const CrashPoint&, const Run& run) { require_delivered(run.facts()); });
  REQUIRE(points > 4);
}

TEST_CASE("local message table: what a paused worker sends is a copy, which the inbox tells",
          "[local-message-table][workers]") {
  const Deployment made = with_faults(with_workers(2), {paused_with_its_messages()});
  const Run run{made};
  REQUIRE(run.all_faults_fired());
  REQUIRE(run.sent("deliver") > 2);
  REQUIRE(violated(made).empty());
  REQUIRE(contains(violated(with_mutant(made, "X-LMT-04")), "exactly-once"));
}

TEST_CASE("local message table: nothing random makes several workers lose, repeat or invent",
          "[local-message-table][workers][stress]") {
  const Deployment made =
      with_workers(2, MessageStress::services, MessageStress::orders, MessageStress::units);
  MessageStress stress{made, GENERATE(false, true), GENERATE(false, true)};
  stress.run(1500);
  REQUIRE(stress.seen.placed > 3000);
  REQUIRE(stress.seen.refused > 3000);
}

}  // namespace indoubt::test
