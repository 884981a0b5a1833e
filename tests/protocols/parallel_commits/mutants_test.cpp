#include "protocols/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/mutant_cases.hpp"

// Every planted mistake, on the smallest schedule that shows it: the correct code passes there, the
// mutant fails, in the facts and before the property that it is said to break.
namespace indoubt::test {
namespace {

using sim::Action;

bool splits(const Facts& facts) { return facts.is_split(); }
bool is_partly_assigned(const Facts& facts) { return facts.assigned() == 1; }
bool leaves_somebody_in_doubt(const Facts& facts) { return facts.held() != 0; }
bool commits_without_all(const Facts& facts) {
  return facts.decided(Outcome::commit) && facts.count(FactKind::voted) < 2;
}

Deployment one_order(std::vector<NamedFault> faults) {
  return with_faults(deployment("parallel-commits", 2), std::move(faults));
}

/// The coordinator and the transaction record hear nothing of each other for so long.
NamedFault cut_from_record(sim::Duration at, sim::Duration lasts) {
  NamedFault fault;
  fault.at = sim::TrueTime{at};
  fault.action = Action::partition;
  fault.groups = {{"orders"}, {"s1"}};
  fault.lasts = lasts;
  return fault;
}

const std::vector<MutantCase>& cases() {
  static const std::vector<MutantCase> all{
      // All writes land, and the coordinator does not hear of one. It rolls back, but cannot get
      // that
      // through; meanwhile the services find all intents and commit.
      {"M-C10", "agreement", one_order({cut_from_record(8ms, 5s)}), splits},
      {"M-C10", "truthful-reply", one_order({cut_from_record(8ms, 5s)}), splits},
      // The client knows, and the record does not.
      {"X-PC-01", "agreement",
       one_order({on_messages(Action::drop, messages("commit", "orders", "s1"))}), splits},
      {"X-PC-02", "agreement",
       one_order({on_messages(Action::drop, messages("stage", "orders", "s1"))}), splits},
      {"X-PC-03", "atomicity",
       one_order({crash_before("s2", 1, handling("resolve"), Keep::forced, 10ms)}),
       is_partly_assigned},
      {"X-PC-04", "termination",
       one_order({on_messages(Action::drop, messages("resolve", "s1", "s2"))}),
       leaves_somebody_in_doubt},
      {"X-PC-05", "validity",
       one_order({on_messages(Action::drop, messages("stage", "orders", "s1"))}),
       commits_without_all},
      {"X-PC-06", "isolation", deployment("parallel-commits", 2, 2), sells_twice},
      {"X-PC-06", "exclusive-hold", deployment("parallel-commits", 2, 2), sells_twice},
  };
  return all;
}

}  // namespace

TEST_CASE("parallel commits: the correct code passes where a mutant fails, and the facts show it",
          "[parallel][mutants]") {
  REQUIRE(not_caught(cases()) == nothing);
}

TEST_CASE("parallel commits: every planted mistake is shown to break what it says",
          "[parallel][mutants]") {
  REQUIRE(not_shown("parallel-commits", cases()) == nothing);
}

TEST_CASE("parallel commits: a mutant is the correct code as long as nothing happens",
          "[parallel][mutants]") {
  const auto& mutants = protocols::find_family("parallel-commits")->info.mutants;
  REQUIRE(broken_by(mutants, deployment("parallel-commits", 3, 5)) == nothing);
}

}  // namespace indoubt::test
