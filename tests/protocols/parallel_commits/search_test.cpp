#include "tests/support/catch.hpp"
#include "tests/support/searches.hpp"

// Every set of up to two faults: what parallel commits promise holds, and what they do not is broken by
// a schedule that the search finds.
namespace indoubt::test {
namespace {

using properties::Property;
using search::Counterexample;

/// Whether a service stays down for good, or for longer than `blocked`.
bool loses_a_service(const search::Simulation& simulation, const Counterexample& found) {
  for (const sim::Fault& fault : found.extra) {
    if (fault.action != sim::Action::crash) continue;
    if (fault.restart_after && *fault.restart_after < 1s) continue;
    for (const sim::NodeId node : fault.nodes) {
      if (simulation.plan->plan().nodes[node.index].name != "orders") return true;
    }
  }
  return false;
}

}  // namespace

TEST_CASE("parallel commits: no two faults break anything as long as no service is lost",
          "[parallel][search]") {
  const auto simulation = search::make_simulation(deployment("parallel-commits"));
  auto options = search_for_all(simulation, 2);
  options.accepts = [&](const Counterexample& found) {
    return !loses_a_service(simulation, found);
  };
  const auto result = search::explore_exhaustively(simulation, options);
  CHECK(result.is_complete);
  CHECK(result.findings.empty());
  CHECK(result.schedules > 20'000);
}

TEST_CASE("parallel commits: a service that is lost makes others wait, and breaks nothing else",
          "[parallel][search]") {
  const auto simulation = search::make_simulation(deployment("parallel-commits"));
  auto options = search_for_all(simulation, 2);
  options.properties = {};
  for (const auto& doc : properties::property_docs()) {
    const bool waits =
        doc.property == Property::termination || doc.property == Property::non_blocking;
    if (!waits) options.properties.add(doc.property);
  }
  const auto result = search::explore_exhaustively(simulation, options);
  CHECK(result.is_complete);
  CHECK(result.findings.empty());

  auto waiting = search_for_all(simulation, 1, only(sim::Action::crash));
  waiting.properties = {};
  waiting.properties.add(Property::termination);
  const auto blocked = search::explore_exhaustively(simulation, waiting);
  REQUIRE_FALSE(blocked.findings.empty());
  CHECK(loses_a_service(simulation, blocked.findings.front()));
}

TEST_CASE("parallel commits: two orders that want the same units are told apart under any fault",
          "[parallel][search]") {
  Deployment made = deployment("parallel-commits", 2, 2, 1);
  made.workload.arrivals = sim::Distribution::constant(GENERATE(3ms, 15ms, 35ms));
  const auto simulation = search::make_simulation(made);
  auto options = search_for_all(simulation, 1);
  options.accepts = [&](const Counterexample& found) {
    return !loses_a_service(simulation, found);
  };
  const auto result = search::explore_exhaustively(simulation, options);
  CHECK(result.is_complete);
  CHECK(result.findings.empty());
}

}  // namespace indoubt::test
