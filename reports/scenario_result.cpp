#include "reports/scenario_result.hpp"

#include <algorithm>

namespace indoubt::reports {

Conclusion ScenarioResult::conclusion() const {
  if (judgements.empty() && !is_interrupted) return Conclusion::no_expectations;
  // Nothing is known of cells that were not run.
  Conclusion conclusion = is_interrupted ? Conclusion::inconclusive : Conclusion::as_expected;
  for (const Judgement& judgement : judgements) {
    if (judgement.met == Met::no) return Conclusion::not_as_expected;
    if (judgement.met == Met::inconclusive) conclusion = Conclusion::inconclusive;
  }
  return conclusion;
}

std::string_view name_of(Conclusion conclusion) {
  switch (conclusion) {
    case Conclusion::as_expected: return "as expected";
    case Conclusion::not_as_expected: return "not as expected";
    case Conclusion::inconclusive: return "inconclusive";
    case Conclusion::no_expectations: return "no expectations";
  }
  return "inconclusive";
}

bool is_expected(const ScenarioResult& result, const CellOutcome& outcome,
                 std::string_view property) {
  const auto& expectations = result.scenario.expectations;
  return std::any_of(expectations.begin(), expectations.end(), [&](const auto& expectation) {
    return expectation.kind == scenarios::Expectation::Kind::property &&
           expectation.id == property &&
           std::find(expectation.cells.begin(), expectation.cells.end(), outcome.number) !=
               expectation.cells.end();
  });
}

}  // namespace indoubt::reports
