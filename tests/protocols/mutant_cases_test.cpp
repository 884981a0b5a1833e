#include "tests/support/mutant_cases.hpp"

#include <algorithm>

#include "tests/support/catch.hpp"

// What the tests of all families rely on says so when a case shows nothing.
namespace indoubt::test {
namespace {

std::vector<std::string> not_caught(MutantCase one) {
  const std::vector<MutantCase> cases{std::move(one)};
  return not_caught(std::span<const MutantCase>{cases});
}

bool splits(const Facts& facts) { return facts.is_split(); }

/// The manager says "confirm" to one service and forgets that in a crash.
MutantCase sound() {
  NamedFault crash = crash_before("transaction-manager", 4, handling("submit"), Keep::forced, 10ms);
  return {"X-TCC-01", "agreement", with_faults(deployment("tcc"), {std::move(crash)}), splits};
}

}  // namespace

TEST_CASE("mutant cases: a case that shows nothing is named", "[mutants]") {
  REQUIRE(not_caught(sound()) == nothing);
  MutantCase one = sound();
  std::string expected;
  SECTION("the mutant does nothing wrong") {
    one.mutant = "M-D01";
    expected = "the mutant does not go wrong";
  }
  SECTION("another property is violated") {
    one.property = "conservation";
    expected = "the mutant violates only agreement, stability";
  }
  SECTION("nothing happens to either") {
    one.deployment.faults[0].place.effect = 99;
    expected = "a fault does not fire in the correct code";
  }
  SECTION("something happens to the correct code, against what is said") {
    one.is_beyond_correct = true;
    expected = "all faults fire in the correct code, too";
  }
  SECTION("the facts do not tell them apart") {
    one.goes_wrong = [](const Facts&) { return true; };
    expected = "the correct code goes wrong, too";
  }
  SECTION("the correct code is said to violate something") {
    one.lost_anyway = {"agreement"};
    expected = "the correct code violates nothing";
  }
  const std::vector<std::string> said = not_caught(one);
  REQUIRE(said.size() == 1);
  CHECK_THAT(said.front(),
             Catch::Matchers::StartsWith(one.mutant + " breaks " + one.property + ": " + expected));
}

TEST_CASE("mutant cases: a planted mistake without a case is named", "[mutants]") {
  const std::vector<MutantCase> one{sound()};
  const std::vector<std::string> missing = not_shown("tcc", one);
  CHECK(missing.size() == planted_mutants("tcc").size() - 1);
  CHECK(std::find(missing.begin(), missing.end(), "X-TCC-01") == missing.end());
}

TEST_CASE("mutant cases: those that a deployment breaks are named", "[mutants]") {
  const std::vector<kit::MutantDecl> mutants = planted_mutants("two-phase-commit");
  const Deployment without_question =
      with_faults(deployment("two-phase-commit"),
                  {on_messages(sim::Action::drop, messages("prepare", "orders", "s1"))});
  const std::vector<std::string> broken = broken_by(mutants, without_question);
  CHECK(std::find(broken.begin(), broken.end(), "M-A05") != broken.end());
  CHECK(std::find(broken.begin(), broken.end(), "M-A02") == broken.end());
}

}  // namespace indoubt::test
