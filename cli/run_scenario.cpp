#include "cli/run_scenario.hpp"

#include <algorithm>
#include <chrono>

#include "cli/verb.hpp"
#include "search/run/campaign.hpp"

namespace indoubt::cli {
namespace {

using reports::CellOutcome;

std::uint64_t milliseconds_since(std::chrono::steady_clock::time_point start) {
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                        std::chrono::steady_clock::now() - start)
                                        .count());
}

}  // namespace

CellOutcome outcome_of(std::size_t number, const search::Simulation& simulation) {
  CellOutcome outcome{.number = number};
  for (const sim::Fault& fault : simulation.plan->faults()) outcome.faults.push_back(fault.id);
  outcome.unapplied = simulation.unapplied;
  outcome.commit_costs = simulation.commit_costs;
  return outcome;
}

reports::ScenarioResult Runner::run(Selection selection) {
  reports::ScenarioResult result;
  result.scenario = std::move(selection.scenario);
  result.overrides = std::move(selection.overrides);
  for (const std::size_t number : selection.cells) {
    if (stop) break;
    progress.begin_cell(result.scenario.name, runs_done);
    const auto simulation = search::make_simulation(result.scenario.cells[number].deployment);
    CellOutcome outcome = outcome_of(number, simulation);
    const auto start = std::chrono::steady_clock::now();
    outcome.result = search::run_campaign(
        simulation, {.first_seed = selection.first_seed,
                     .runs = selection.runs,
                     .jobs = jobs,
                     .keep_samples = keep_samples,
                     .keep_outcomes = keep_outcomes,
                     .progress = [this](std::uint64_t done) { progress.update(done); },
                     .stop = &stop});
    outcome.milliseconds = milliseconds_since(start);
    runs_done += selection.runs;
    if (outcome.result.runs != 0) result.cells.push_back(std::move(outcome));
  }
  result.is_interrupted = stop;
  reports::check_expectations(result);
  return result;
}

ExitCode exit_code_of(const reports::ScenarioResult& result) {
  const bool differed =
      std::any_of(result.cells.begin(), result.cells.end(),
                  [](const CellOutcome& cell) { return cell.result.nondeterminism.has_value(); });
  if (differed) return ExitCode::bug;
  switch (result.conclusion()) {
    case reports::Conclusion::no_expectations:
    case reports::Conclusion::as_expected: return ExitCode::as_expected;
    case reports::Conclusion::not_as_expected: return ExitCode::not_as_expected;
    case reports::Conclusion::inconclusive: return ExitCode::inconclusive;
  }
  return ExitCode::bug;
}

}  // namespace indoubt::cli
