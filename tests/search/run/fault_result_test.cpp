#include "search/run/fault_result.hpp"

#include "search/run/trial.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"

namespace indoubt::test {
namespace {

using namespace std::chrono_literals;

sim::NamedFault fault_at(sim::Action action, sim::Duration when) {
  sim::NamedFault fault;
  fault.id = "fault";
  fault.action = action;
  fault.at = sim::TrueTime{when};
  if (action != sim::Action::partition) fault.nodes = {"s1"};
  return fault;
}

/// What the deployment's fault meets.
search::FaultResult met(const Deployment& made) {
  search::Trial trial{search::make_simulation(made)};
  trial.run(1);
  search::CellResult result;
  trial.add_to(result);
  return result.faults.at(0);
}

/// What a fault meets in a run of two-phase commit in which messages take 5ms and forces 1ms: work
/// at 10ms, prepares at 20ms, commits at 31ms.
search::FaultResult met(const sim::NamedFault& fault) {
  Deployment made = deployment("two-phase-commit");
  made.faults = {fault};
  return met(made);
}

}  // namespace

TEST_CASE("fault results: a crash meets the orders that its node has to do with", "[search]") {
  const search::FaultResult early = met(fault_at(sim::Action::crash, 15ms));
  CHECK(early.runs == 1);
  CHECK(early.orders == 1);
  CHECK(early.messages != 0);
  CHECK_FALSE(early.met_nobody(sim::Action::crash));
  SECTION("not those that were over") {
    CHECK(met(fault_at(sim::Action::crash, 10s)) == search::FaultResult{1, 0, 0});
    CHECK(met(fault_at(sim::Action::crash, 10s)).met_nobody(sim::Action::crash));
  }
  SECTION("and those of which nothing is heard any more, as long as the client waits") {
    // Without a log, nobody goes on with the order when its caller is lost.
    Deployment made = deployment("blocking-retry", 2);
    sim::NamedFault crash = fault_at(sim::Action::crash, 12ms);
    crash.nodes = {"orders"};
    made.faults = {crash};
    CHECK(met(made).orders == 1);
    made.faults.front().at = sim::TrueTime{12s};
    CHECK(met(made).orders == 0);
  }
  SECTION("and those that come while the node is down") {
    CHECK(met(fault_at(sim::Action::crash, 0s)).messages != 0);
  }
  SECTION("and only if it takes place") {
    sim::NamedFault never = fault_at(sim::Action::crash, 0s);
    never.trigger = sim::Trigger::when;
    never.when = {.fact = sim::FactKind::held, .at = "s1", .order = {}, .nth = 99};
    CHECK(met(never) == search::FaultResult{});
    CHECK_FALSE(met(never).met_nobody(sim::Action::crash));
  }
}

TEST_CASE("fault results: a cut meets what is sent across", "[search]") {
  sim::NamedFault cut = fault_at(sim::Action::partition, 15ms);
  cut.lasts = 1s;
  SECTION("between two that talk") {
    cut.groups = {{"orders"}, {"s1"}};
    CHECK(met(cut).messages != 0);
    CHECK_FALSE(met(cut).met_nobody(sim::Action::partition));
  }
  SECTION("and nobody between two that do not") {
    cut.groups = {{"s1"}, {"s2"}};
    CHECK(met(cut).messages == 0);
    CHECK(met(cut).met_nobody(sim::Action::partition));
  }
}

TEST_CASE("fault results: a pause meets what has to wait", "[search]") {
  sim::NamedFault pause = fault_at(sim::Action::pause, 15ms);
  pause.lasts = 100ms;
  CHECK(met(pause).messages != 0);
  CHECK(met(pause).orders == 1);
}

TEST_CASE("fault results: a fault of a message meets that message", "[search]") {
  sim::NamedFault drop = fault_at(sim::Action::drop, 0s);
  drop.nodes.clear();
  drop.trigger = sim::Trigger::match;
  drop.match = {.from = {}, .to = "s1", .kind = "prepare", .order = {}, .nth = 1};
  CHECK(met(drop) == search::FaultResult{1, 1, 1});
}

}  // namespace indoubt::test
