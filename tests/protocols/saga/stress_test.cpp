#include "tests/protocols/saga/styles.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/compensation_stress.hpp"

namespace indoubt::test {
namespace {

using stress::CompensationStress;

Deployment stressed(const std::string& style, bool group_commit, bool is_lossy) {
  Deployment made = stress::slowed(saga(style, CompensationStress::services,
                                        CompensationStress::orders, CompensationStress::units),
                                   group_commit, is_lossy);
  made.protocol.options.emplace_back("call_timeout", sim::Duration{200ms});
  return made;
}

}  // namespace

TEST_CASE("saga: nothing random splits, leaks or lies (100,000 schedules)", "[saga][stress]") {
  const std::string style = GENERATE("orchestrated", "choreographed", "locking", "supervised",
                                     "queued", "queued-shared", "choreographed-shared");
  const bool group_commit = GENERATE(false, true);
  const bool is_lossy = GENERATE(false, true);
  CompensationStress stress{stressed(style, group_commit, is_lossy)};
  INFO(style);
  stress.run({.seeds = 5000});
  REQUIRE(stress.answers.placed > 1000);
  REQUIRE(stress.answers.not_placed > 1000);
  REQUIRE(stress.answers.unknown > 50);
  REQUIRE(stress.undone > 1000);
  REQUIRE(stress.lost > 500);
}

}  // namespace indoubt::test
