#include <algorithm>
#include <set>
#include <string>

#include "protocols/explore/exhaustive.hpp"
#include "protocols/registry.hpp"
#include "protocols/trial.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"

// The power of the oracles, measured by search: for every planted mistake the smallest sets of faults
// are tried until the property that it is said to break is violated, and on that very schedule the
// correct code violates nothing of the kind.
namespace indoubt::test {
namespace {

using protocols::Counterexample;
using protocols::ExhaustiveOptions;

protocols::Simulation simulation_of(Deployment deployed, std::string_view mutant) {
  deployed.protocol.mutant = std::string{mutant};
  return protocols::make_simulation(deployed);
}

Deployment two_orders(const std::string& family, sim::Duration gap) {
  Deployment made = deployment(family, 2, 2, 1);
  made.workload.arrivals = sim::Distribution::constant(gap);
  return made;
}

/// The deployments that are searched, the cheapest first: one order; two that want the same units,
/// close together and apart; and services that decline half of the orders.
std::vector<Deployment> playgrounds(std::string_view family) {
  const std::string name{family};
  Deployment declining = deployment(name, 2);
  declining.nodes.back().decline = {500'000'000};
  return {deployment(name, 2), two_orders(name, 15ms), two_orders(name, 35ms), declining};
}

/// Whether up to two faults make the mutant violate its property where the correct code does not.
bool is_caught_in(const Deployment& deployed, const protocols::MutantDecl& mutant,
                  properties::Property property) {
  const protocols::Simulation correct = simulation_of(deployed, "");
  protocols::Trial reference{correct};
  const protocols::Simulation simulation = simulation_of(deployed, mutant.name);
  ExhaustiveOptions options;
  options.most_faults = 2;
  options.menu.longest_timeout = std::max<sim::Duration>(simulation.traits.longest_timeout, 6s);
  options.properties.add(property);
  options.accepts = [&](const Counterexample& found) {
    reference.run(found.seed, found.extra);
    return reference.judge().tally(property).violations == 0;
  };
  const protocols::ExhaustiveResult result = protocols::explore_exhaustively(simulation, options);
  if (result.findings.empty()) return false;
  // What the search found on a copy in the middle of a run happens from the start as well.
  const Counterexample& found = result.findings.front();
  protocols::Trial replay{simulation};
  replay.run(found.seed, found.extra);
  CHECK(replay.world().digest() == found.digest);
  CHECK(replay.judge().tally(property).violations > 0);
  return true;
}

bool is_caught(std::string_view family, const protocols::MutantDecl& mutant,
               properties::Property property) {
  const std::vector<Deployment> all = playgrounds(family);
  return std::ranges::any_of(
      all, [&](const Deployment& deployed) { return is_caught_in(deployed, mutant, property); });
}

void check_family(std::string_view family) {
  for (const protocols::MutantDecl& mutant : protocols::find_family(family)->info.mutants) {
    INFO(mutant.name << " " << mutant.mistake << " should break " << mutant.property);
    const auto property = properties::property_named(mutant.property);
    REQUIRE(property);
    CHECK(is_caught(family, mutant, *property));
  }
}

}  // namespace

TEST_CASE("mutants: search finds each planted mistake of two-phase commit", "[mutants]") {
  check_family("two-phase-commit");
}

TEST_CASE("mutants: search finds each planted mistake of the reservation", "[mutants]") {
  check_family("reservation");
}

TEST_CASE("mutants: every property that these families touch is broken by one of them", "[mutants]") {
  std::set<std::string_view> broken;
  for (const protocols::Family& family : protocols::families()) {
    for (const protocols::MutantDecl& mutant : family.info.mutants) broken.insert(mutant.property);
    for (const protocols::MutantDecl& mutant : family.info.mutants) {
      // Taking anybody's unit shows as exclusive-hold first, and in the isolation counts as well.
      const bool takes_any = mutant.mistake == "anonymous_hold";
      if (takes_any && is_caught(family.info.name, mutant, properties::Property::isolation)) {
        broken.insert("isolation");
      }
    }
  }
  for (const properties::PropertyDoc& doc : properties::property_docs()) {
    INFO(doc.name);
    CHECK(broken.contains(doc.name));
  }
}

}  // namespace indoubt::test
