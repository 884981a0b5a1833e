#include "cli/compare_findings.hpp"

#include "reports/counterexample.hpp"
#include "reports/trace/narrow.hpp"
#include "reports/trace/trace_json.hpp"
#include "reports/trace/trace_run.hpp"
#include "scenarios/writer.hpp"
#include "search/run/parallel.hpp"
#include "search/run/trial.hpp"
#include "search/shrink/shrink.hpp"

namespace indoubt::cli {
namespace {

using reports::ComparedFinding;
using reports::FindingChoice;
using reports::ScenarioResult;

/// How much may be tried for one of them, in events of runs: about a second.
constexpr std::uint64_t most_events = 4'000'000;
/// Bytes of JSON: with the rest, the largest number of findings stays well below 5 MB.
constexpr std::size_t most_trace = 80'000;

search::FailingCase failing_case(const ScenarioResult& result, const FindingChoice& choice) {
  const reports::CellOutcome& cell = result.cells[choice.cell];
  search::FailingCase failing{.deployment = result.cell_of(cell).deployment,
                              .seed = cell.result[choice.property].first_seed.value_or(1),
                              .property = choice.property};
  search::Trial trial{search::make_simulation(failing.deployment)};
  trial.run(failing.seed);
  failing.why = trial.judge().tally(choice.property).first.reason;
  return failing;
}

/// The run of a scenario with one cell and one seed, as the page draws it; nothing if it is too
/// long for that.
std::string trace_of(const scenarios::Scenario& scenario) {
  const auto trace = reports::trace_run({.scenario = scenario, .seed = scenario.first_seed});
  if (!trace) return {};
  std::string json = reports::trace_json(reports::narrowed(*trace));
  return json.size() <= most_trace ? json : std::string{};
}

std::optional<ComparedFinding> reduce(const ScenarioResult& result, const FindingChoice& choice,
                                      const std::atomic<bool>& stop) {
  const search::FailingCase failing = failing_case(result, choice);
  const auto shrunk = search::shrink(failing, {.most_events = most_events, .stop = &stop});
  if (!shrunk) return std::nullopt;
  const kit::Deployment& deployment = shrunk->failing.deployment;
  const scenarios::Scenario made = reports::counterexample(*shrunk, result.scenario);
  return ComparedFinding{.of_class = choice.of_class,
                         .cell = choice.cell,
                         .property = choice.property,
                         .seed = failing.seed,
                         .faults_before = shrunk->faults_before,
                         .faults = deployment.faults.size(),
                         .orders_before = shrunk->orders_before,
                         .orders = search::orders_of(deployment),
                         .words = reports::counterexample_text(*shrunk),
                         .reason = shrunk->reason,
                         .scenario = scenarios::write_scenario(made),
                         .trace = trace_of(made)};
}

}  // namespace

std::vector<ComparedFinding> reduce_findings(std::span<const ScenarioResult> results,
                                             std::span<const FindingChoice> choices, unsigned jobs,
                                             const std::atomic<bool>& stop) {
  std::vector<ComparedFinding> findings;
  search::for_units_in_order(
      choices.size(), jobs,
      [&] {
        return [&](std::uint64_t unit) {
          const FindingChoice& choice = choices[unit];
          return reduce(results[choice.of_class], choice, stop);
        };
      },
      [&](std::uint64_t, const std::optional<ComparedFinding>& found) {
        if (found) findings.push_back(*found);
        return true;
      },
      &stop);
  return findings;
}

}  // namespace indoubt::cli
