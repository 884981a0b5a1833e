#include "protocols/registry.hpp"
#include "tests/protocols/three_phase_commit/terminations.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/mutant_cases.hpp"

// Every planted mistake, on the smallest schedule that shows it: the correct code passes there, the
// mutant fails, in the facts and before the property that it is said to break.
namespace indoubt::test {
namespace {

using sim::Action;

Deployment one_order(const std::string& termination, std::vector<NamedFault> faults,
                     std::size_t services = 2) {
  return with_faults(terminating(termination, services), std::move(faults));
}

/// For good, when the first service has been told that all voted yes, and the second has not.
NamedFault coordinator_crash() {
  return crash_before("orders", 4, handling("vote", 1, 2), Keep::forced, {});
}

/// For good, when the service has done that and nobody knows it.
NamedFault crash_after(FactKind fact, const std::string& service) {
  NamedFault crash;
  crash.trigger = sim::Trigger::when;
  crash.when.fact = fact;
  crash.when.at = service;
  crash.nodes = {service};
  crash.keep = Keep::all;
  return crash;
}

/// From where it is precommitted and nobody knows it until the others have gone on.
NamedFault coordinator_pause() {
  NamedFault pause;
  pause.action = Action::pause;
  pause.nodes = {"orders"};
  pause.at = sim::TrueTime{26500us};
  pause.lasts = 8s;
  return pause;
}

/// Two on each side, when the coordinator is about to tell that all voted yes.
NamedFault cut_into_halves() {
  NamedFault cut;
  cut.action = Action::partition;
  cut.groups = {{"orders", "s1"}, {"s2", "s3"}};
  cut.at = sim::TrueTime{26500us};
  cut.lasts = 8s;
  return cut;
}

bool splits(const Facts& facts) { return facts.is_split(); }

const std::vector<MutantCase>& cases() {
  static const std::vector<MutantCase> all{
      {"M-C01", "agreement", one_order("timeout", {coordinator_crash()}), splits},
      // The first service leads, and is gone as soon as it has committed.
      {"M-C02", "agreement",
       one_order("skeen", {coordinator_crash(), crash_after(FactKind::assigned, "s1")}), splits},
      // Only the first service knows that all voted yes. While it is down the second one aborts,
      // and is gone: what the first one knew is out of date.
      {"X-3PC-01",
       "agreement",
       one_order("skeen", {coordinator_crash(), crash_at("s1", 100ms, Keep::forced, 5s),
                           crash_after(FactKind::released, "s2")}),
       splits,
       {"termination", "non-blocking"}},
      // The first service has aborted with the second one's help, and is gone when the coordinator,
      // which is precommitted, is back.
      {"X-3PC-02", "agreement",
       one_order("e3pc", {coordinator_pause(), crash_after(FactKind::released, "s1")}), splits},
      {"M-C04", "agreement", one_order("quorum", {cut_into_halves()}, 3), splits},
      {"X-3PC-03", "isolation", deployment("three-phase-commit", 2, 2), sells_twice},
      {"X-3PC-04", "validity", with_decline("three-phase-commit"), commits},
  };
  return all;
}

}  // namespace

TEST_CASE("3pc: the correct code passes where a mutant fails, and the facts show it",
          "[3pc][mutants]") {
  REQUIRE(not_caught(cases()) == nothing);
}

TEST_CASE("3pc: every planted mistake is shown to break what it says", "[3pc][mutants]") {
  REQUIRE(not_shown("three-phase-commit", cases()) == nothing);
}

TEST_CASE("3pc: a mutant is the correct code as long as nothing happens", "[3pc][mutants]") {
  const auto& mutants = protocols::find_family("three-phase-commit")->info.mutants;
  REQUIRE(broken_by(mutants, deployment("three-phase-commit", 3, 5)) == nothing);
}

}  // namespace indoubt::test
