#include <algorithm>
#include <functional>

#include "protocols/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/verdicts.hpp"

// Every planted mistake, on the smallest schedule that shows it: the correct code passes there, the
// mutant fails, in the facts and before the property that it is said to break.
namespace indoubt::test {
namespace {

using sim::Action;

struct Case {
  std::string mutant;
  std::string property;  ///< that is violated, besides others
  NamedFault fault;
  std::function<bool(const Facts&)> goes_wrong;
};

Deployment one_order(std::vector<NamedFault> faults) {
  return with_faults(deployment("local-message-table"), std::move(faults));
}

bool is_lost(const Facts& facts) {
  return facts.decided(Outcome::commit) && facts.count(FactKind::applied) < 2;
}
bool is_ghost(const Facts& facts) {
  return facts.has(FactKind::applied) && !facts.decided(Outcome::commit);
}
bool is_doubled(const Facts& facts) { return facts.count(FactKind::applied) > 2; }
bool is_placed_in_vain(const Facts& facts) {
  return facts.has(FactKind::placed) && facts.assigned() == 0;
}

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      // The claim is durable, and nothing was sent.
      {"M-G01", "no-loss", crash_before("orders", 3, handling("worker_due"), Keep::forced, 10ms),
       is_lost},
      {"M-G03", "no-loss", crash_before("orders", 3, handling("place_order"), Keep::forced, 10ms),
       is_lost},
      {"M-G11", "no-loss", crash_before("s1", 3, handling("deliver"), Keep::forced, 10ms), is_lost},
      {"X-LMT-01", "no-ghost",
       crash_before("orders", 3, handling("place_order"), Keep::forced, 10ms), is_ghost},
      {"X-LMT-02", "no-loss", on_messages(Action::drop, messages("deliver", "orders", "s1", 1)),
       is_lost},
      {"X-LMT-03", "no-loss", crash_before("s1", 2, handling("deliver"), Keep::forced, 10ms),
       is_lost},
      {"X-LMT-04", "exactly-once", on_messages(Action::drop, messages("ack", "s1", "orders", 1)),
       is_doubled},
      {"X-LMT-05", "truthful-reply",
       crash_before("orders", 2, handling("place_order"), Keep::forced, 10ms), is_placed_in_vain},
  };
  return all;
}

}  // namespace

TEST_CASE("local message table: the correct code passes where a mutant fails", "[lmt][mutants]") {
  for (const Case& one : cases()) {
    INFO(one.mutant << " breaks " << one.property);
    const Deployment deployed = one_order({one.fault});
    const Run correct{deployed};
    REQUIRE_FALSE(one.goes_wrong(correct.facts()));
    REQUIRE(violated(deployed).empty());

    const Deployment mutated = with_mutant(deployed, one.mutant);
    const Run wrong{mutated};
    REQUIRE(wrong.all_faults_fired());
    REQUIRE(one.goes_wrong(wrong.facts()));
    REQUIRE(contains(violated(mutated), one.property));
  }
}

TEST_CASE("local message table: every planted mistake is shown to break what it says",
          "[lmt][mutants]") {
  const protocols::Family* family = protocols::find_family("local-message-table");
  REQUIRE(family != nullptr);
  REQUIRE(family->mutants.size() == planted_mutants("local-message-table").size());
  for (const protocols::MutantDecl& mutant : planted_mutants("local-message-table")) {
    INFO(mutant.name);
    const auto shows = [&](const Case& one) {
      return one.mutant == mutant.name && one.property == mutant.property;
    };
    REQUIRE(std::any_of(cases().begin(), cases().end(), shows));
    REQUIRE(properties::property_named(mutant.property).has_value());
  }
}

TEST_CASE("local message table: a mutant is the correct code as long as nothing happens",
          "[lmt][mutants]") {
  for (const protocols::MutantDecl& mutant :
       protocols::find_family("local-message-table")->info.mutants) {
    INFO(mutant.name);
    const bool works = mutant.name != "coordinator.forget-timer.worker_due";
    if (!works) continue;  // a worker that never looks at the table
    const Deployment quiet = deployment("local-message-table", 3, 5);
    REQUIRE(violated(with_mutant(quiet, std::string{mutant.name})).empty());
  }
}

}  // namespace indoubt::test
