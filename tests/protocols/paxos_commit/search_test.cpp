#include <set>

#include "tests/protocols/paxos_commit/choices.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/searches.hpp"

// Every set of up to two faults: what Paxos Commit promises holds, and what it does not is broken by a
// schedule that the search finds.
namespace indoubt::test {
namespace {

using properties::Property;
using search::Counterexample;

/// How many acceptors the faults of a counterexample crash for good, or for longer than `blocked`.
std::size_t acceptors_lost(const search::Simulation& simulation, const Counterexample& found) {
  std::set<std::string> lost;
  for (const sim::Fault& fault : found.extra) {
    if (fault.action != sim::Action::crash) continue;
    const bool is_short = fault.restart_after && *fault.restart_after < 1s;
    for (const sim::NodeId node : fault.nodes) {
      const std::string& name = simulation.plan->plan().nodes[node.index].name;
      if (!is_short && name.starts_with("acceptor")) lost.insert(name);
    }
  }
  return lost.size();
}

/// Everything but what waits for acceptors.
properties::PropertySet what_never_waits() {
  properties::PropertySet set;
  for (const auto& doc : properties::property_docs()) {
    const bool waits = doc.property == Property::termination || doc.property == Property::non_blocking;
    if (!waits) set.add(doc.property);
  }
  return set;
}

Deployment small(std::int64_t tolerated, bool is_fast) {
  Deployment made = paxos(tolerated, is_fast, 2);
  made.limits.sim_time = sim::TrueTime{60s};
  return made;
}

}  // namespace

TEST_CASE("paxos: no two faults break anything as long as one acceptor of three is lost",
          "[paxos][search]") {
  const bool is_fast = GENERATE(false, true);
  const auto simulation = search::make_simulation(small(1, is_fast));
  auto options = search_for_all(simulation, 2);
  options.accepts = [&](const Counterexample& found) {
    return acceptors_lost(simulation, found) <= 1;
  };
  const auto result = search::explore_exhaustively(simulation, options);
  CHECK(result.is_complete);
  CHECK(result.findings.empty());
  CHECK(result.schedules > 50'000);
}

TEST_CASE("paxos: no fault breaks anything when an acceptor and the leader are lost for good",
          "[paxos][search]") {
  const bool is_fast = GENERATE(false, true);
  const std::string acceptor = GENERATE("acceptor-1", "acceptor-3");
  // The leader goes before the first vote, before the last 2b, and after it.
  const sim::Duration at = GENERATE(12ms, 24ms, 30ms);
  const Deployment lost = with_faults(small(1, is_fast), {crash_at(acceptor, 1ms, Keep::forced, {}),
                                                          crash_at("orders", at, Keep::forced, {})});
  const auto simulation = search::make_simulation(lost);
  auto options = search_for_all(simulation, 1);
  options.accepts = [&](const Counterexample& found) {
    return acceptors_lost(simulation, found) == 0;
  };
  const auto result = search::explore_exhaustively(simulation, options);
  INFO(acceptor << ", orders at " << sim::to_text(at) << (is_fast ? ", fast" : ""));
  CHECK(result.is_complete);
  CHECK(result.findings.empty());
  CHECK(result.schedules > 100);
}

TEST_CASE("paxos: more acceptors lost than are tolerated break nothing but waiting",
          "[paxos][search]") {
  const std::int64_t tolerated = GENERATE(std::int64_t{0}, std::int64_t{1});
  const bool is_fast = GENERATE(false, true);
  const auto simulation = search::make_simulation(small(tolerated, is_fast));
  auto options = search_for_all(simulation, 2);
  options.properties = what_never_waits();
  const auto result = search::explore_exhaustively(simulation, options);
  CHECK(result.is_complete);
  CHECK(result.findings.empty());

  auto waiting = search_for_all(simulation, static_cast<std::size_t>(tolerated) + 1,
                                only(sim::Action::crash));
  waiting.properties = {};
  waiting.properties.add(Property::termination);
  const auto blocked = search::explore_exhaustively(simulation, waiting);
  REQUIRE_FALSE(blocked.findings.empty());
  CHECK(acceptors_lost(simulation, blocked.findings.front()) ==
        static_cast<std::size_t>(tolerated) + 1);
}

TEST_CASE("paxos: two orders that want the same units are told apart under any fault",
          "[paxos][search]") {
  const bool is_fast = GENERATE(false, true);
  Deployment made = paxos(1, is_fast, deployment("paxos-commit", 2, 2, 1));
  made.workload.arrivals = sim::Distribution::constant(GENERATE(15ms, 35ms));
  const auto simulation = search::make_simulation(made);
  const auto result = search::explore_exhaustively(simulation, search_for_all(simulation, 1));
  CHECK(result.is_complete);
  CHECK(result.findings.empty());
}

}  // namespace indoubt::test
