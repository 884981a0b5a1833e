#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"

// Some default nodes of a family are there only with some of its options.
namespace indoubt::test {
namespace {

using Groups = std::vector<std::vector<std::string>>;

/// An orchestrated saga, which has no broker, and a fault.
search::Simulation saga_with(NamedFault fault) {
  Deployment made = deployment("saga");
  made.protocol.options.emplace_back("style", std::string{"orchestrated"});
  return search::make_simulation(with_faults(std::move(made), {std::move(fault)}));
}

NamedFault cut(Groups groups, bool one_way = false) {
  NamedFault fault;
  fault.action = sim::Action::partition;
  fault.groups = std::move(groups);
  fault.one_way = one_way;
  return fault;
}

NamedFault crash_of(std::vector<std::string> nodes) {
  NamedFault fault = crash_at("", 1s, Keep::forced, {});
  fault.nodes = std::move(nodes);
  return fault;
}

std::vector<std::size_t> group_sizes(const search::Simulation& simulation) {
  std::vector<std::size_t> sizes;
  for (const auto& group : simulation.plan->faults().front().groups) sizes.push_back(group.size());
  return sizes;
}

const std::vector<std::string> whole_fault{"f0"};
const std::vector<kit::Unapplied::Spared> broker_alone{{"f0", "broker"}};

}  // namespace

TEST_CASE("unapplied: a partition cuts the nodes that are there", "[kit]") {
  for (const auto& [groups, sizes] : std::vector<std::pair<Groups, std::vector<std::size_t>>>{
           {{{"orders", "broker"}, {"s1", "s2"}}, {1, 2}},
           {{{"orders"}, {"broker"}, {"s1"}}, {1, 1}},
           {{{"orders"}, {"s1", "broker"}}, {1, 1}}}) {
    const search::Simulation saga = saga_with(cut(groups));
    REQUIRE(saga.plan->faults().size() == 1);
    CHECK(group_sizes(saga) == sizes);
    CHECK(saga.unapplied.faults.empty());
    CHECK(saga.unapplied.nodes == broker_alone);
  }
}

TEST_CASE("unapplied: a partition that leaves nobody to be cut from does not apply", "[kit]") {
  for (const NamedFault& fault :
       {cut({{"orders"}, {"broker"}}), cut({{"broker"}, {"orders"}, {"s1"}}, true)}) {
    const search::Simulation saga = saga_with(fault);
    CHECK(saga.plan->faults().empty());
    CHECK(saga.unapplied.faults == whole_fault);
    CHECK(saga.unapplied.nodes.empty());
  }
}

TEST_CASE("unapplied: a crash strikes the nodes that are there", "[kit]") {
  const search::Simulation both = saga_with(crash_of({"broker", "s1"}));
  REQUIRE(both.plan->faults().size() == 1);
  CHECK(both.plan->faults().front().nodes.size() == 1);
  CHECK(both.unapplied.nodes == broker_alone);
  const search::Simulation gone = saga_with(crash_of({"broker"}));
  CHECK(gone.plan->faults().empty());
  CHECK(gone.unapplied.faults == whole_fault);
}

TEST_CASE("unapplied: nothing is said of nodes that are all there", "[kit]") {
  const search::Simulation saga = saga_with(cut({{"orders"}, {"s1"}}));
  CHECK(saga.plan->faults().size() == 1);
  CHECK(saga.unapplied.faults.empty());
  CHECK(saga.unapplied.nodes.empty());
}

}  // namespace indoubt::test
