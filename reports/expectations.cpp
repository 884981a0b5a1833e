#include <algorithm>
#include <optional>
#include <utility>

#include "reports/scenario_result.hpp"
#include "reports/words.hpp"
#include "scenarios/vocabulary.hpp"

// Expectations against results. The rules are those of the scenario format: what is expected of a
// property or a metric is expected in every cell, what is expected to be seen must be seen in one.
namespace indoubt::reports {
namespace {

using properties::Verdict;
using scenarios::Expectation;
using search::CellResult;
using search::PropertyResult;

/// What was expected to be seen was not seen, but more runs might have shown it.
Met missed(const ScenarioResult& result, const CellResult& cell) {
  return cell.runs < result.scenario.seed_count ? Met::inconclusive : Met::no;
}

Met judge_verdict(const ScenarioResult& result, const CellResult& cell, scenarios::Verdict expected,
                  Verdict found) {
  switch (expected) {
    case scenarios::Verdict::holds:
      if (found == Verdict::unknown || found == Verdict::not_applicable) return Met::inconclusive;
      return found == Verdict::holds ? Met::yes : Met::no;
    case scenarios::Verdict::violated:
      return found == Verdict::violated ? Met::yes : missed(result, cell);
    case scenarios::Verdict::owed:
      if (found == Verdict::violated) return Met::no;
      return found == Verdict::owed ? Met::yes : missed(result, cell);
    case scenarios::Verdict::unknown: return found == Verdict::unknown ? Met::yes : Met::no;
    case scenarios::Verdict::not_violated: return found == Verdict::violated ? Met::no : Met::yes;
  }
  return Met::inconclusive;
}

CellJudgement judge_property(const ScenarioResult& result, const CellResult& cell,
                             const Expectation& expectation) {
  const auto property = properties::property_named(expectation.id);
  if (!property) return {.cell = 0, .met = Met::inconclusive, .found = "not known"};
  const PropertyResult& found = cell[*property];
  CellJudgement judgement{.cell = 0,
                          .met = judge_verdict(result, cell, expectation.verdict, found.verdict()),
                          .found = verdict_words(cell, *property)};
  if (expectation.reason.empty() || judgement.met != Met::yes) return judgement;
  const std::string reasons = reason_words(found);
  if (reasons != expectation.reason) judgement.met = Met::no;
  judgement.found += ": " + reasons;
  return judgement;
}

/// "1,234"; "6.2 per run".
std::string found_text(std::int64_t value, const Expectation& expectation, std::uint64_t runs) {
  const bool is_duration = expectation.unit == sim::Unit::nanoseconds;
  if (!expectation.is_per_run) {
    return is_duration ? exact(sim::Duration{value}) : metric_text(value, expectation.unit);
  }
  const auto sum = static_cast<std::uint64_t>(value);
  return (is_duration ? rounded(sim::Duration{value / static_cast<std::int64_t>(runs)})
                      : share(sum, runs)) +
         " per run";
}

/// Whether a sum is what the bound would be for as many runs, or less.
bool is_at_most(std::int64_t sum, std::int64_t bound, std::uint64_t runs, std::uint64_t for_runs) {
  __extension__ using Wide = __int128;
  return Wide{sum} * Wide{for_runs} <= Wide{bound} * Wide{runs};
}

/// Bounds of a sum over another number of runs than the scenario asks for. More runs only raise it,
/// so fewer that pass `max` already, and more that still do not reach `min`, decide it. So do those
/// that are within what the bounds would be for as many runs. But no number of runs makes something
/// of nothing.
Met judge_other_sum(const Expectation& expectation, std::int64_t sum, std::uint64_t runs,
                    std::uint64_t for_runs) {
  const bool are_more = runs > for_runs;
  const auto& [min, max] = std::pair{expectation.min, expectation.max};
  if (min && sum < *min) return are_more ? Met::no : Met::inconclusive;
  if (max && sum > *max) return are_more && *max != 0 ? Met::inconclusive : Met::no;
  const bool is_enough = !min || !are_more || is_at_most(-sum, -*min, runs, for_runs);
  const bool is_little = !max || are_more || is_at_most(sum, *max, runs, for_runs);
  return is_enough && is_little ? Met::yes : Met::inconclusive;
}

Met judge_bounds(const ScenarioResult& result, const CellResult& cell,
                 const Expectation& expectation, std::int64_t floor, std::int64_t ceiling) {
  const search::MetricInfo& info = search::metric_info(expectation.id);
  const bool is_sum = info.is_sum && !expectation.is_per_run;
  if (is_sum && cell.runs != result.scenario.seed_count)
    return judge_other_sum(expectation, floor, cell.runs, result.scenario.seed_count);
  if (expectation.max && ceiling > *expectation.max) return Met::no;
  if (!expectation.min || floor >= *expectation.min) return Met::yes;
  return info.is_greatest ? missed(result, cell) : Met::no;
}

CellJudgement judge_metric(const ScenarioResult& result, const CellResult& cell,
                           const Expectation& expectation) {
  const std::optional<std::int64_t> value = search::metric_value(cell, expectation.id);
  if (!value || cell.runs == 0) {
    return {.cell = 0, .met = Met::inconclusive, .found = "nothing was measured"};
  }
  // The mean is compared as a fraction: a rounded one might meet a bound that the mean does not.
  const auto runs = expectation.is_per_run ? static_cast<std::int64_t>(cell.runs) : 1;
  const std::int64_t floor = *value / runs;
  const std::int64_t ceiling = floor + (*value % runs != 0 ? 1 : 0);
  return {.cell = 0,
          .met = judge_bounds(result, cell, expectation, floor, ceiling),
          .found = found_text(*value, expectation, cell.runs)};
}

/// In how many runs a fact or a kind of fault was seen.
std::uint64_t runs_that_saw(const CellResult& cell, std::string_view what) {
  const scenarios::Sight sight = scenarios::sight_named(what);
  if (sight.fact) return cell.runs_with_fact[static_cast<std::size_t>(*sight.fact)];
  return sight.action ? cell.runs_with_action[static_cast<std::size_t>(*sight.action)] : 0;
}

CellJudgement judge_sight(const ScenarioResult& result, const CellResult& cell,
                          const Expectation& expectation) {
  const std::uint64_t seen = runs_that_saw(cell, expectation.id);
  return {.cell = 0,
          .met = seen != 0 ? Met::yes : missed(result, cell),
          .found = seen == 0 ? "never seen in " + count_of(cell.runs, "run")
                             : "seen in " + part_of_runs(seen, cell.runs)};
}

CellJudgement judge_in_cell(const ScenarioResult& result, const CellResult& cell,
                            const Expectation& expectation) {
  switch (expectation.kind) {
    case Expectation::Kind::property: return judge_property(result, cell, expectation);
    case Expectation::Kind::metric: return judge_metric(result, cell, expectation);
    case Expectation::Kind::sometimes: return judge_sight(result, cell, expectation);
  }
  return {};
}

/// What is expected to be seen may be seen in cells that were not made, and what is expected of all
/// may be wrong there.
Met without_the_rest(const Expectation& expectation, Met met) {
  const bool is_final =
      expectation.kind == Expectation::Kind::sometimes ? met == Met::yes : met == Met::no;
  return is_final ? met : Met::inconclusive;
}

Met together(const Expectation& expectation, const std::vector<CellJudgement>& cells) {
  const auto any = [&](Met met) {
    return std::any_of(cells.begin(), cells.end(),
                       [&](const auto& cell) { return cell.met == met; });
  };
  if (expectation.kind == Expectation::Kind::sometimes) {
    if (any(Met::yes)) return Met::yes;
    return any(Met::inconclusive) ? Met::inconclusive : Met::no;
  }
  if (any(Met::no)) return Met::no;
  return any(Met::inconclusive) ? Met::inconclusive : Met::yes;
}

}  // namespace

void check_expectations(ScenarioResult& result) {
  result.judgements.clear();
  for (std::size_t i = 0; i < result.scenario.expectations.size(); ++i) {
    const Expectation& expectation = result.scenario.expectations[i];
    Judgement judgement{.expectation = i};
    for (std::size_t cell = 0; cell < result.cells.size(); ++cell) {
      const auto& about = expectation.cells;
      if (std::find(about.begin(), about.end(), result.cells[cell].number) == about.end()) continue;
      judgement.cells.push_back(judge_in_cell(result, result.cells[cell].result, expectation));
      judgement.cells.back().cell = cell;
    }
    if (judgement.cells.empty()) continue;
    judgement.met = together(expectation, judgement.cells);
    const bool are_missing = judgement.cells.size() < expectation.cells.size();
    if (result.is_interrupted && are_missing)
      judgement.met = without_the_rest(expectation, judgement.met);
    result.judgements.push_back(std::move(judgement));
  }
}

}  // namespace indoubt::reports
