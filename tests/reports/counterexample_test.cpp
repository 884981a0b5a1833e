#include "reports/counterexample.hpp"

#include "protocols/registry.hpp"
#include "reports/fault_text.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::reports {
namespace {

using namespace std::chrono_literals;
using sim::Action;
using sim::NamedFault;

NamedFault of_message(Action action, sim::Duration by = {}) {
  NamedFault fault;
  fault.trigger = sim::Trigger::match;
  fault.match = {.from = "store", .to = {}, .kind = "vote", .order = {}, .nth = 1};
  fault.action = action;
  fault.by = by;
  return fault;
}

search::Shrunk lost_vote() {
  search::Shrunk shrunk;
  shrunk.failing.deployment.protocol = {
      .family = protocols::find_family("two-phase-commit"), .variant = {}, .mutants = {"M-A05"}};
  shrunk.failing.deployment.faults = {of_message(Action::drop)};
  shrunk.failing.property = properties::Property::validity;
  shrunk.failing.seed = 7;
  shrunk.reason = "order 1: orders decided commit at 1.016s, but store had not voted yes";
  return shrunk;
}

}  // namespace

TEST_CASE("counterexample: faults are told as sentences", "[reports]") {
  CHECK(fault_sentence(of_message(Action::drop)) == "The 1st vote from store is lost.");
  CHECK(fault_sentence(of_message(Action::duplicate)) == "The 1st vote from store is sent twice.");
  CHECK(fault_sentence(of_message(Action::duplicate, 4s)) ==
        "The 1st vote from store is sent twice, the copy 4s later.");
  CHECK(fault_sentence(of_message(Action::delay, 1s)) == "The 1st vote from store is late by 1s.");
  CHECK(fault_sentence(of_message(Action::corrupt)) ==
        "The 1st vote from store is damaged on its way.");
  NamedFault pause = of_message(Action::pause);
  pause.nodes = {"store"};
  pause.lasts = 1s;
  CHECK(fault_sentence(pause) == "At the 1st vote from store, store pauses for 1s.");
  NamedFault crash;
  crash.at = sim::TrueTime{2s};
  crash.nodes = {"store"};
  crash.restart_after = 10ms;
  CHECK(fault_sentence(crash) == "At 2.000s, store crashes, restarts after 10ms.");
}

TEST_CASE("counterexample: the description says what happens and who keeps it", "[reports]") {
  search::Shrunk shrunk = lost_vote();
  const std::string story =
      "order 1: orders decided commit at 1.016s, but store had not voted yes.";
  const std::string mistake = " Found with the planted mistake M-A05 (coord_timeout_commits)";
  CHECK(counterexample_text(shrunk) ==
        "The 1st vote from store is lost. Then: " + story + mistake + ".");
  shrunk.reference_passes = true;
  shrunk.failing.deployment.faults.clear();
  CHECK(counterexample_text(shrunk) ==
        "Without any fault: " + story + mistake + "; the correct protocol passes.");
  shrunk.failing.deployment.protocol = {
      .family = protocols::find_family("reservation"), .variant = "as-published", .mutants = {}};
  CHECK(counterexample_text(shrunk) ==
        "Without any fault: " + story + " The hardened variant passes.");
}

TEST_CASE("counterexample: the scenario expects its one run to fail", "[reports]") {
  scenarios::Scenario origin;
  origin.name = "here/there";
  origin.tags = {"tag"};
  const scenarios::Scenario made = counterexample(lost_vote(), origin);
  CHECK(made.name == "here/there/two-phase-commit+M-A05/validity");
  CHECK(made.tags == origin.tags);
  CHECK(made.first_seed == 7);
  CHECK(made.seed_count == 1);
  REQUIRE(made.cells.size() == 1);
  REQUIRE(made.expectations.size() == 1);
  CHECK(made.expectations[0].id == "validity");
  CHECK(made.expectations[0].verdict == scenarios::Verdict::violated);
  CHECK(made.expectations[0].why == lost_vote().reason);
}

TEST_CASE("counterexample: as a regression it expects what is right", "[reports]") {
  const auto made = counterexample(lost_vote(), {}, scenarios::Verdict::holds);
  REQUIRE(made.expectations.size() == 1);
  CHECK(made.expectations[0].verdict == scenarios::Verdict::holds);
}

TEST_CASE("counterexample: its name has the protocol that the scenario's name lacks", "[reports]") {
  search::Shrunk shrunk = lost_vote();
  shrunk.failing.deployment.protocol.mutants.clear();
  scenarios::Scenario origin;
  origin.name = "small/two-phase-commit";
  CHECK(counterexample(shrunk, origin).name == "small/two-phase-commit/validity");
  shrunk.failing.deployment.protocol = {
      .family = protocols::find_family("reservation"), .variant = "as-published", .mutants = {}};
  CHECK(counterexample(shrunk, origin).name ==
        "small/two-phase-commit/reservation-as-published/validity");
}

}  // namespace indoubt::reports
