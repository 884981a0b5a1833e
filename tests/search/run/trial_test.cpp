#include "search/run/trial.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/verdicts.hpp"

namespace indoubt::test {
namespace {

using namespace std::chrono_literals;

/// Whether what is owed at rest was left open.
bool is_left_open(const Deployment& deployment) {
  search::Trial trial{search::make_simulation(deployment)};
  trial.run(1);
  return trial.judge().tally(properties::Property::atomicity).cut_short;
}

}  // namespace

TEST_CASE("trial: a run whose time is over while a disk is still at work is not at rest",
          "[protocols][trial]") {
  Deployment made = deployment("saga");
  CHECK_FALSE(is_left_open(made));
  for (kit::NodeDecl& node : made.nodes) {
    if (node.name == "s2") node.disk.force = sim::Distribution::constant(90s);
  }
  CHECK(is_left_open(made));
  CHECK(violated(made).empty());
}

}  // namespace indoubt::test
