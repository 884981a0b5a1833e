#include "search/orders/orders.hpp"

#include "search/run/trial.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/deployments.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/searches.hpp"

namespace indoubt::test {
namespace {

using properties::Property;
using search::OrdersOptions;
using search::OrdersResult;
using sim::Action;

OrdersOptions options_for(std::size_t faults, std::uint32_t actions) {
  OrdersOptions options;
  options.most_faults = faults;
  options.actions = actions;
  options.enough_findings = 0;
  options.properties = properties::PropertySet{~std::uint32_t{0}};
  return options;
}

std::vector<std::string> shapes_of(const OrdersResult& result) {
  std::vector<std::string> shapes;
  for (const search::Counterexample& found : result.findings) {
    shapes.push_back(std::string{name_of(found.property)} + " " + std::string{name_of(found.why)} +
                     " with " + std::to_string(found.extra.size()));
  }
  std::sort(shapes.begin(), shapes.end());
  shapes.erase(std::unique(shapes.begin(), shapes.end()), shapes.end());
  return shapes;
}

}  // namespace

TEST_CASE("orders: merging states finds what brute force finds", "[orders]") {
  for (const std::string family : {"two-phase-commit", "blocking-retry", "saga"}) {
    CAPTURE(family);
    const Deployment small = deployment(family, 1, 1, 1);
    OrdersOptions options = options_for(1, only(Action::crash) | only(Action::drop));
    const OrdersResult merged = search::explore_orders(small, options);
    options.merges = false;
    options.most_instants = 6;
    const OrdersResult brute = search::explore_orders(small, options);
    CHECK(merged.is_complete);
    CHECK(merged.transitions() < brute.transitions());
    for (const std::string& shape : shapes_of(brute)) {
      CAPTURE(shape);
      const auto all = shapes_of(merged);
      CHECK(std::find(all.begin(), all.end(), shape) != all.end());
    }
  }
}

TEST_CASE("orders: no state is taken for another that has the same hash", "[orders]") {
  OrdersOptions options = options_for(2, search::exhaustive_actions);
  options.checks_hashes = true;
  // INDOUBT_HASHED_STATES asks for more.
  options.most_states = count_from_environment("INDOUBT_HASHED_STATES", 8'000);
  for (const std::string family : {"two-phase-commit", "saga", "outbox"}) {
    CAPTURE(family);
    CHECK_NOTHROW(search::explore_orders(deployment(family, 2, 1, 1), options));
  }
}

TEST_CASE("orders: what is found is violated by the scenario that says so", "[orders]") {
  const Deployment two = deployment("two-phase-commit", 2, 1, 1);
  const OrdersResult result = search::explore_orders(two, options_for(1, only(Action::crash)));
  REQUIRE(!result.findings.empty());
  for (const search::Counterexample& found : result.findings) {
    REQUIRE(found.in_order);
    CHECK(found.in_order->faults.size() == 1);
    search::Trial trial{search::make_simulation(*found.in_order)};
    trial.run(found.seed);
    CHECK(trial.judge().tally(found.property).violations != 0);
    CHECK(trial.world().digest() == found.digest);
  }
}

TEST_CASE("orders: 3PC with timeouts is split by two crashes, and by none alone", "[orders]") {
  const Deployment two = deployment("three-phase-commit", 2, 1, 1);
  OrdersOptions options = options_for(1, only(Action::crash));
  options.properties = {};
  options.properties.add(Property::atomicity);
  options.properties.add(Property::agreement);
  const OrdersResult one = search::explore_orders(two, options);
  CHECK(one.is_complete);
  CHECK(one.findings.empty());
  options.most_faults = 2;
  options.enough_findings = 1;
  const OrdersResult split = search::explore_orders(two, options);
  REQUIRE(split.findings.size() == 1);
  CHECK(split.findings.front().extra.size() == 2);
}

TEST_CASE("orders: what a service does at the first instant of all counts", "[orders]") {
  OrdersOptions options = options_for(1, only(Action::crash));
  options.properties = {};
  options.properties.add(Property::termination);
  const OrdersResult lost = search::explore_orders(deployment("saga", 1, 1, 1), options);
  REQUIRE(!lost.findings.empty());  // who orchestrates is lost, and the step is done
  CHECK(lost.findings.front().extra.size() == 1);
}

TEST_CASE("orders: threads change nothing, nor does a journal", "[orders]") {
  const Deployment two = deployment("three-phase-commit", 2, 1, 1);
  OrdersOptions options = options_for(1, search::exhaustive_actions);
  const OrdersResult one = search::explore_orders(two, options);
  REQUIRE(!one.findings.empty());
  options.jobs = 3;
  const OrdersResult three = search::explore_orders(two, options);
  CHECK(three.stages == one.stages);
  CHECK(three.findings == one.findings);
}

TEST_CASE("orders: whoever asks for the last unit too late is told so, in whatever order",
          "[orders]") {
  const Deployment last = deployment("reservation", 1, 2, 1);
  const OrdersResult result = search::explore_orders(last, options_for(0, 0));
  CHECK(result.is_complete);
  CHECK(result.findings.empty());
  // Both come first in some order.
  CHECK(result.stages.back().ends > 1);
}

TEST_CASE("orders: 3PC as textbooks draw it, and the fewest faults of each kind that split it",
          "[orders]") {
  Deployment two = deployment("three-phase-commit", 2, 1, 1);
  two.protocol.options = {{"termination", std::string{"textbook"}}};
  const auto fewest = [&](Action action) -> std::size_t {
    OrdersOptions options = options_for(2, only(action));
    options.properties = {};
    options.properties.add(Property::agreement);
    options.enough_findings = 1;
    const OrdersResult result = search::explore_orders(two, options);
    if (!result.findings.empty()) return result.findings.front().extra.size();
    CHECK(result.is_complete);
    return 0;  // not by two either
  };
  CHECK(fewest(Action::crash) == 1);
  CHECK(fewest(Action::pause) == 1);
  CHECK(fewest(Action::partition) == 1);
  CHECK(fewest(Action::drop) == 2);
  CHECK(fewest(Action::delay) == 2);
  CHECK(fewest(Action::duplicate) == 0);
  CHECK(fewest(Action::clock) == 0);
}

}  // namespace indoubt::test
