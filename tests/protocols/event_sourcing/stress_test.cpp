#include "tests/support/catch.hpp"
#include "tests/support/compensation_stress.hpp"

namespace indoubt::test {
namespace {

using stress::CompensationStress;

Deployment stressed(bool group_commit, bool is_lossy) {
  Deployment made = deployment("event-sourcing", CompensationStress::services,
                               CompensationStress::orders, CompensationStress::units);
  made.nodes.push_back({.name = "event-store", .role = "event-store", .host = {}});
  made.protocol.options = {{"call_timeout", sim::Duration{200ms}}, {"checkpoint", std::int64_t{3}}};
  return stress::slowed(std::move(made), group_commit, is_lossy);
}

}  // namespace

TEST_CASE("event sourcing: nothing random splits, leaks or lies (20,000 schedules)",
          "[es][stress]") {
  const bool group_commit = GENERATE(false, true);
  const bool is_lossy = GENERATE(false, true);
  CompensationStress stress{stressed(group_commit, is_lossy)};
  stress.run({.seeds = 5000});
  REQUIRE(stress.answers.placed > 1000);
  REQUIRE(stress.answers.not_placed > 1000);
  REQUIRE(stress.answers.unknown > 100);
  REQUIRE(stress.undone > 1000);
  REQUIRE(stress.lost > 1000);
  REQUIRE(stress.held == 0);  // units are assigned at once, and given back
}

}  // namespace indoubt::test
