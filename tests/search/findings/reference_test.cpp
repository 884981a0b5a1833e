#include "search/findings/reference.hpp"

#include <algorithm>

#include "protocols/kit/directory.hpp"
#include "search/random/random.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"

namespace indoubt::test {
namespace {

using properties::Property;
using search::Alignment;
using search::Reference;
using search::Simulation;

/// Two of them differ in nodes, as a mistake may from the correct code.
Simulation with_acceptors(std::int64_t tolerated) {
  Deployment made = deployment("paxos-commit");
  made.protocol.options.emplace_back("tolerate", tolerated);
  return search::make_simulation(made);
}

sim::Fault crash_for_good(const Simulation& simulation, const std::string& node) {
  const kit::Directory directory{simulation.plan->plan()};
  return *kit::resolve(crash_at(node, 1ms, Keep::forced, {}), directory);
}

std::string name_in(const Simulation& simulation, sim::NodeId node) {
  return simulation.plan->plan().nodes.at(node.index).name;
}

}  // namespace

TEST_CASE("reference: a fault strikes the node of the same name, or does not apply", "[explore]") {
  const Simulation more = with_acceptors(2);
  const Simulation fewer = with_acceptors(1);
  const sim::Schedule schedule{crash_for_good(more, "acceptor-5"),
                               crash_for_good(more, "acceptor-2"), crash_for_good(more, "s2")};
  const sim::Schedule translated = Alignment{more, fewer}.aligned(1, schedule);
  REQUIRE(translated.size() == 2);
  CHECK(name_in(fewer, translated[0].nodes.at(0)) == "acceptor-2");
  CHECK(name_in(fewer, translated[1].nodes.at(0)) == "s2");
}

TEST_CASE("reference: is asked about the nodes that are meant, wherever they stand", "[explore]") {
  Deployment made = deployment("two-phase-commit");
  const Simulation correct = search::make_simulation(made);
  std::reverse(made.nodes.begin(), made.nodes.end());
  const Simulation reversed = search::make_simulation(made);
  NamedFault lost = crash_at("orders", {}, Keep::forced, {});
  lost.trigger = sim::Trigger::when;
  lost.when.fact = FactKind::voted;
  const kit::Directory directory{reversed.plan->plan()};
  const sim::Schedule schedule{*kit::resolve(lost, directory)};
  Reference reference{correct, reversed};
  CHECK(reference.violates(Property::termination, 1, schedule));
  CHECK_FALSE(reference.violates(Property::termination, 1, {}));
}

TEST_CASE("reference: a random search beside code with fewer nodes comes to an end", "[explore]") {
  const auto saga = [](std::string style) {
    Deployment made = deployment("saga", 2, 3, 2);
    made.protocol.options.emplace_back("style", std::move(style));
    return search::make_simulation(made);
  };
  const Simulation with_broker = saga("choreographed");
  const Simulation without = saga("orchestrated");
  REQUIRE(with_broker.plan->nodes() > without.plan->nodes());
  properties::PropertySet all;
  for (const properties::PropertyDecl& doc : properties::property_decls()) all.add(doc.property);
  const search::RandomResult result = search::explore_randomly(
      with_broker, {.first_seed = 1, .runs = 2'000, .properties = all, .reference = &without});
  CHECK(result.runs == 2'000);
  // Or the reference was never asked.
  CHECK(std::any_of(result.runs_violated.begin(), result.runs_violated.end(),
                    [](std::uint64_t runs) { return runs > 20; }));
}

}  // namespace indoubt::test
