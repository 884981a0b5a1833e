#include "tests/support/catch.hpp"
#include "tests/support/mutant_cases.hpp"

// Every planted mistake, on the smallest schedule that shows it: the correct code passes there, the
// mutant fails, in the facts and before the property that it is said to break.
namespace indoubt::test {
namespace {

using sim::Action;

constexpr const char* manager = "transaction-manager";

bool splits(const Facts& facts) { return facts.is_split(); }
bool leaves_frozen(const Facts& facts) { return facts.held() != 0; }
bool is_partly_assigned(const Facts& facts) { return facts.assigned() == 1; }
bool assigns_too_much(const Facts& facts) { return facts.assigned() > 2; }
/// More was given back than was ever taken.
bool gives_back_too_much(const Facts& facts) {
  return facts.count(FactKind::released) > facts.count(FactKind::held);
}

Deployment one_order(NamedFault fault) {
  return with_faults(deployment("tcc"), {std::move(fault)});
}
NamedFault drop(std::string kind, std::string from, std::string to) {
  return on_messages(Action::drop, messages(std::move(kind), std::move(from), std::move(to), 1));
}
NamedFault delay_past_timeout(std::string kind, std::string from, std::string to) {
  return on_messages(Action::delay, messages(std::move(kind), std::move(from), std::move(to), 1),
                     1500ms);
}

const std::vector<MutantCase>& cases() {
  static const std::vector<MutantCase> all{
      {"M-D01", "conservation", one_order(drop("try", "orders", "s1")), gives_back_too_much},
      {"M-D02", "no-leak", one_order(delay_past_timeout("try", "orders", "s1")), leaves_frozen},
      {"M-D03", "atomicity", one_order(drop("confirmed", "s1", manager)), assigns_too_much},
      {"M-D04", "agreement", one_order(drop("confirmed", "s1", manager)), splits},
      {"M-D04", "atomicity", one_order(drop("confirm", manager, "s1")), is_partly_assigned},
      // The crash falls between the row of the fence and the change of the stock.
      {"M-D05", "no-leak",
       one_order(crash_before("s1", 3, handling("confirm"), Keep::forced, 10ms)), leaves_frozen},
      {"M-D10", "no-leak", one_order(delay_past_timeout("register", "orders", manager)),
       leaves_frozen},
      {"X-TCC-01", "agreement",
       one_order(crash_before(manager, 4, handling("submit"), Keep::forced, 10ms)), splits},
      {"X-TCC-02", "durability",
       one_order(crash_before("s1", 3, handling("confirm"), Keep::forced, 10ms)),
       is_partly_assigned},
      {"X-TCC-03", "termination", one_order(drop("confirm", manager, "s1")), leaves_frozen},
      {"X-TCC-04", "stability", one_order(delay_past_timeout("tried", "s1", "orders")), splits},
      {"X-TCC-05", "no-leak", one_order(drop("register", "orders", manager)), leaves_frozen},
  };
  return all;
}

}  // namespace

TEST_CASE("tcc: the correct code passes where a mutant fails, and the facts show it",
          "[tcc][mutants]") {
  REQUIRE(not_caught(cases()) == nothing);
}

TEST_CASE("tcc: every planted mistake is shown to break what it says", "[tcc][mutants]") {
  REQUIRE(not_shown("tcc", cases()) == nothing);
}

TEST_CASE("tcc: a mutant is the correct code as long as nothing happens", "[tcc][mutants]") {
  REQUIRE(broken_by(planted_mutants("tcc"), deployment("tcc", 3, 5)) == nothing);
}

}  // namespace indoubt::test
