#include <set>
#include <tuple>

#include "protocols/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"
#include "tests/support/verdicts.hpp"

// Orders that differ in what they take, under every protocol.
namespace indoubt::test {
namespace {

const kit::OrderKind everywhere{
    "everywhere", 1, {{"s1", {{"unit", 1}}}, {"s2", {{"unit", 2}}}, {"s3", {{"unit", 1}}}}};
const kit::OrderKind reading{"reading", 1, {{"s1", {}}, {"s3", {{"unit", 1}}}}};
const kit::OrderKind single{"single", 1, {{"s2", {{"unit", 1}}}}};

Deployment mixed(std::string_view family) {
  Deployment made = deployment(std::string{family}, 3, 6);
  made.workload.takes.clear();
  made.workload.kinds = {everywhere, reading, single};
  return made;
}

std::vector<NamedFault> some_faults() {
  return {crash_at("s2", 12ms, Keep::some, 300ms), crash_at("orders", 40ms, Keep::forced, 500ms)};
}

/// What became true, where and when. What is true at one instant has no order: queues are told of
/// in that of all services.
std::multiset<std::tuple<sim::TrueTime, FactKind, std::uint16_t, std::uint32_t>> truths(
    const Deployment& made) {
  std::multiset<std::tuple<sim::TrueTime, FactKind, std::uint16_t, std::uint32_t>> all;
  for (const sim::Fact& fact : Run{made}.facts().all()) {
    all.emplace(fact.time, fact.kind, fact.node.index, fact.unit);
  }
  return all;
}

}  // namespace

/// So what an order takes is nowhere a property of the deployment.
TEST_CASE("all families: an order of one kind runs as where all orders are alike", "[protocols]") {
  for (const kit::Family& family : protocols::families()) {
    INFO(family.info.name);
    Deployment made = with_faults(mixed(family.info.name), some_faults());
    for (std::uint32_t number = 1; number <= 3; ++number) {
      made.workload.only = {number};
      Deployment alike = made;
      alike.workload.kinds.clear();
      alike.workload.takes = made.workload.kinds[number - 1].takes;
      CHECK(truths(made) == truths(alike));
    }
  }
}

TEST_CASE("all families: a service hears nothing of orders that do not need it", "[protocols]") {
  for (const kit::Family& family : protocols::families()) {
    INFO(family.info.name);
    const Facts facts = Run{with_faults(mixed(family.info.name), some_faults())}.facts();
    for (const sim::Fact& fact : facts.all()) {
      const bool is_of_s2 = fact.node.index == 2;
      const bool is_reading = fact.order != sim::no_order && fact.order.index % 3 == 1;
      CHECK_FALSE((is_of_s2 && is_reading));
    }
  }
}

TEST_CASE("all families: with orders of several kinds nothing is violated", "[protocols]") {
  for (const kit::Family& family : protocols::families()) {
    INFO(family.info.name);
    const Deployment made = mixed(family.info.name);
    CHECK(violated(made) == std::vector<std::string>{});
    const Facts facts = Run{made}.facts();
    CHECK(facts.count(FactKind::assigned, {.node = "s2", .order = 1}) == 2);
    CHECK(facts.count(FactKind::assigned, {.node = "s1", .order = 2}) == 0);
    CHECK(facts.count(FactKind::assigned, {.node = "s3", .order = 2}) == 1);
    CHECK(facts.count(FactKind::assigned, {.node = "s2", .order = 3}) == 1);
  }
}

}  // namespace indoubt::test
