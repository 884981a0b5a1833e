#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/runs.hpp"

/// What the tests of all families ask of their planted mistakes.
namespace indoubt::test {

/// A planted mistake, on the smallest schedule that shows it.
struct MutantCase {
  std::string mutant;
  std::string property;                          ///< that is violated, besides others
  Deployment deployment;                         ///< with its faults
  std::function<bool(const Facts&)> goes_wrong;  ///< empty: the facts do not show it
  std::vector<std::string> lost_anyway{};  ///< properties that the correct code violates there, too
  bool is_beyond_correct =
      false;  ///< a fault falls at an effect that the correct code does not have
};

/// That there is nothing to say, where a list says what is wrong.
inline const std::vector<std::string> nothing{};

/// In each case the correct code passes and the mutant fails, in the facts and before the property
/// that it is said to break. Says of which cases that is not so, and why.
std::vector<std::string> not_caught(std::span<const MutantCase> cases);

/// The planted mistakes of a family that no case shows to break the property that they declare.
std::vector<std::string> not_shown(std::string_view family, std::span<const MutantCase> cases);

/// Whether one unit was assigned to two orders, where none is given back.
inline bool sells_twice(const Facts& facts) {
  return facts.assigned() < facts.count(FactKind::assigned);
}

/// The service that comes last declines every order.
Deployment with_decline(std::string family);
/// Services have as many units as the orders take.
Deployment for_the_last_units(Deployment made);
/// The client's request comes a second time, a little later.
NamedFault copied_request();

inline bool refuses(const Facts& facts) { return facts.has(FactKind::refused); }
inline bool commits(const Facts& facts) { return facts.decided(Outcome::commit); }
inline bool contradicts_itself(const Facts& facts) { return facts.is_split(); }

/// Those of the mistakes that break something in this deployment, but for those that need no fault
/// to show.
std::vector<std::string> broken_by(const std::vector<kit::MutantDecl>& mutants,
                                   const Deployment& deployment);

}  // namespace indoubt::test
