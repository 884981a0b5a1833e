#include "search/run/trial.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/deployments.hpp"
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

TEST_CASE("trial: a run that is still at work where its drain ends is not judged at rest",
          "[protocols][trial]") {
  Deployment made = deployment("saga");
  CHECK_FALSE(is_left_open(made));
  for (kit::NodeDecl& node : made.nodes) {
    if (node.name == "s2") node.disk.force = sim::Distribution::constant(90s);
  }
  CHECK_FALSE(is_left_open(made));  // however long it takes
  CHECK(violated(made).empty());
  made.limits.drain = 10s;
  CHECK(is_left_open(made));
  CHECK(violated(made).empty());
}

TEST_CASE("trial: what a lost node would put right is owed, and what it could not is violated",
          "[protocols][trial]") {
  const auto lost_at = [](const char* node, sim::Duration when) {
    Deployment made = deployment("two-phase-commit");
    sim::NamedFault crash;
    crash.id = "lost";
    crash.action = sim::Action::crash;
    crash.at = sim::TrueTime{when};
    crash.nodes = {node};
    made.faults = {crash};
    return made;
  };
  // The commit is decided, and a service does not know it yet.
  CHECK(contains(owed(lost_at("s1", 30ms)), "atomicity"));
  CHECK_FALSE(contains(violated(lost_at("s1", 30ms)), "atomicity"));
  // Nobody is excused who is up.
  CHECK(contains(violated(lost_at("orders", 25ms)), "termination"));
}

}  // namespace indoubt::test
