#include <algorithm>
#include <functional>

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

constexpr const char* manager = "transaction-manager";

bool splits(const Facts& facts) { return facts.is_split(); }
bool leaves_frozen(const Facts& facts) { return facts.held() != 0; }
bool is_partly_assigned(const Facts& facts) { return facts.assigned() == 1; }
bool assigns_too_much(const Facts& facts) { return facts.assigned() > 2; }
/// More was given back than was ever taken.
bool gives_back_too_much(const Facts& facts) {
  return facts.count(FactKind::released) > facts.count(FactKind::held);
}

NamedFault drop(std::string kind, std::string from, std::string to) {
  return on_messages(Action::drop, messages(std::move(kind), std::move(from), std::move(to), 1));
}
NamedFault delay_past_timeout(std::string kind, std::string from, std::string to) {
  return on_messages(Action::delay, messages(std::move(kind), std::move(from), std::move(to), 1),
                     1500ms);
}

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      {"M-D01", "conservation", drop("try", "orders", "s1"), gives_back_too_much},
      {"M-D02", "no-leak", delay_past_timeout("try", "orders", "s1"), leaves_frozen},
      {"M-D03", "atomicity", drop("confirmed", "s1", manager), assigns_too_much},
      {"M-D04", "agreement", drop("confirmed", "s1", manager), splits},
      {"M-D04", "atomicity", drop("confirm", manager, "s1"), is_partly_assigned},
      // The crash falls between the row of the fence and the change of the stock.
      {"M-D05", "no-leak", crash_before("s1", 3, handling("confirm"), Keep::forced, 10ms),
       leaves_frozen},
      {"M-D10", "no-leak", delay_past_timeout("register", "orders", manager), leaves_frozen},
      {"X-TCC-01", "agreement", crash_before(manager, 4, handling("submit"), Keep::forced, 10ms),
       splits},
      {"X-TCC-02", "durability", crash_before("s1", 3, handling("confirm"), Keep::forced, 10ms),
       is_partly_assigned},
      {"X-TCC-03", "termination", drop("confirm", manager, "s1"), leaves_frozen},
      {"X-TCC-04", "stability", delay_past_timeout("tried", "s1", "orders"), splits},
      {"X-TCC-05", "no-leak", drop("register", "orders", manager), leaves_frozen},
  };
  return all;
}

}  // namespace

TEST_CASE("tcc: the correct code passes where a mutant fails, and the facts show it",
          "[tcc][mutants]") {
  for (const Case& one : cases()) {
    INFO(one.mutant << " breaks " << one.property);
    const Deployment made = with_faults(deployment("tcc"), {one.fault});
    const Run correct{made};
    REQUIRE(correct.all_faults_fired());
    REQUIRE_FALSE(one.goes_wrong(correct.facts()));
    REQUIRE(violated(made).empty());

    const Deployment mutated = with_mutant(made, one.mutant);
    const Run wrong{mutated};
    REQUIRE(wrong.all_faults_fired());
    REQUIRE(one.goes_wrong(wrong.facts()));
    REQUIRE(contains(violated(mutated), one.property));
  }
}

TEST_CASE("tcc: every planted mistake is shown to break what it says", "[tcc][mutants]") {
  for (const protocols::MutantDecl& mutant : planted_mutants("tcc")) {
    INFO(mutant.name);
    const auto shows = [&](const Case& one) {
      return one.mutant == mutant.name && one.property == mutant.property;
    };
    REQUIRE(std::any_of(cases().begin(), cases().end(), shows));
    REQUIRE(properties::property_named(mutant.property).has_value());
  }
}

TEST_CASE("tcc: a mutant is the correct code as long as nothing happens", "[tcc][mutants]") {
  for (const protocols::MutantDecl& mutant : planted_mutants("tcc")) {
    INFO(mutant.name);
    REQUIRE(violated(with_mutant(deployment("tcc", 3, 5), std::string{mutant.name})).empty());
  }
}

}  // namespace indoubt::test
