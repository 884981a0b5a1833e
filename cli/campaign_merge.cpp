#include <deque>
#include <utility>
#include <vector>

#include "cli/campaign.hpp"
#include "cli/campaign_folder.hpp"
#include "cli/files.hpp"
#include "cli/results_database.hpp"
#include "cli/run_scenario.hpp"
#include "cli/shard.hpp"
#include "cli/terminal.hpp"
#include "cli/verb.hpp"
#include "reports/json_report.hpp"
#include "reports/text/text_report.hpp"
#include "reports/words.hpp"
#include "search/run/simulation.hpp"

namespace indoubt::cli {
namespace {

using reports::ScenarioResult;

/// The folders, which must be of one campaign.
std::deque<CampaignFolder> open_folders(const std::vector<std::string>& paths) {
  if (paths.empty()) throw UsageError{"which campaign? Give one DIR or more"};
  check_distinct(paths);
  std::deque<CampaignFolder> folders;  // they do not move
  for (const std::string& path : paths) {
    folders.emplace_back(path);
    if (folders.back().plan() == folders.front().plan()) continue;
    throw UsageError{path + " is another campaign than " + paths.front() + ": plan " +
                     folders.back().plan() + ", not " + folders.front().plan()};
  }
  return folders;
}

search::MergedUnits merge_folders(std::deque<CampaignFolder>& folders) {
  std::vector<search::UnitStore*> stores;
  for (CampaignFolder& folder : folders) stores.push_back(&folder);
  return search::merge_units(folders.front().campaign().plan, stores);
}

std::string conflict_text(const search::UnitConflict& conflict,
                          const reports::CampaignFile& campaign) {
  const std::string unit = "unit " + std::to_string(conflict.unit) + " (cell " +
                           std::to_string(campaign.cells[conflict.cell].number) + ")";
  return "indoubt: " + unit + " was made twice, and " +
         (conflict.seed ? "seed " + std::to_string(*conflict.seed) + " ran differently"
                        : std::string{"what was made of the same runs differs"}) +
         ": a bug in indoubt, or a machine that is not sound\n";
}

void tell_missing(const std::vector<std::uint64_t>& missing, const Arguments& arguments) {
  complain(missing_text(missing));
  if (const auto shards = arguments.number("shards", 1, most_shards))
    complain("of the shards " + ranges_text(search::shards_with(missing, *shards)) + "\n");
}

/// The results as `run` would have them, held against what the scenario expects.
ScenarioResult result_of(Selection selection, std::vector<search::CellResult> cells) {
  ScenarioResult result;
  result.scenario = std::move(selection.scenario);
  result.overrides = std::move(selection.overrides);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::size_t number = selection.cells[i];
    const auto simulation = search::make_simulation(result.scenario.cells[number].deployment);
    reports::CellOutcome outcome = outcome_of(number, simulation);
    outcome.result = std::move(cells[i]);
    result.cells.push_back(std::move(outcome));
  }
  reports::check_expectations(result);
  return result;
}

}  // namespace

ExitCode merge_campaign(const Arguments& arguments) {
  auto folders = open_folders(arguments.operands);
  const reports::CampaignFile& campaign = folders.front().campaign();
  search::MergedUnits merged = merge_folders(folders);
  for (const search::UnitConflict& conflict : merged.conflicts)
    complain(conflict_text(conflict, campaign));
  if (!merged.missing.empty()) tell_missing(merged.missing, arguments);
  if (!merged.conflicts.empty()) return ExitCode::bug;
  if (!merged.missing.empty()) return ExitCode::inconclusive;

  const ScenarioResult result = result_of(selection_of(campaign), std::move(merged.cells));
  const OutputFolder out{arguments.text("output").value_or(folders.front().path())};
  write_file(out.path() / "summary.json", reports::json_report(result));
  write_file(out.path() / "results.sqlite", results_database(campaign, result));
  print(reports::text_report(result, output_style()));
  return exit_code_of(result);
}

}  // namespace indoubt::cli
