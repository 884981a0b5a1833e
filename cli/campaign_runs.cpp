#include "cli/campaign_runs.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "cli/files.hpp"
#include "cli/results_database.hpp"
#include "cli/run_scenario.hpp"
#include "cli/terminal.hpp"
#include "cli/verb.hpp"
#include "reports/json_report.hpp"
#include "reports/text/text_report.hpp"
#include "search/run/simulation.hpp"

namespace indoubt::cli {
namespace {

using reports::CampaignFile;
using reports::ScenarioResult;
using search::CampaignPlan;
using search::Slice;
using search::UnitResult;

/// More would make a unit's file so large that a killed worker loses too much.
constexpr std::uint64_t most_runs_of_unit = 100'000;

const CampaignPlan& plan_of(const CampaignFile& campaign) {
  return std::get<CampaignPlan>(campaign.plan);
}

/// What a plan selects of its scenario.
Selection selected_runs(const CampaignFile& campaign) {
  Arguments arguments = arguments_of(campaign);
  arguments.options["seed"] = std::to_string(plan_of(campaign).first_seed);
  arguments.options["runs"] = std::to_string(plan_of(campaign).runs);
  Selection selection = select(scenario_of(campaign), arguments);
  check_cells(campaign, selection);
  return selection;
}

/// Makes runs of the cell that its last unit was of, in the same world.
class RunMaker final : public UnitMaker {
 public:
  RunMaker(const CampaignFolder& folder, const Selection& selection, const std::atomic<bool>& stop)
      : folder_{folder},
        selection_{selection},
        options_{.first_seed = selection.first_seed, .runs = selection.runs, .stop = &stop} {}

  std::optional<MadeUnit> make(std::uint64_t unit) override {
    const Slice slice = plan_of(folder_.campaign()).slice(unit);
    const UnitResult made = worker_of(slice.cell).run(slice.first_run, slice.runs);
    if (made.is_cut_short) return std::nullopt;
    return MadeUnit{.text = RunUnits{folder_}.text_of(unit, made),
                    .is_inconsistent = made.result.nondeterminism.has_value()};
  }

 private:
  search::UnitWorker& worker_of(std::size_t cell) {
    if (worker_ != nullptr && cell == cell_) return *worker_;
    worker_.reset();
    simulation_ = std::make_unique<search::Simulation>(
        search::make_simulation(selection_.scenario.cells[selection_.cells[cell]].deployment));
    worker_ = std::make_unique<search::UnitWorker>(*simulation_, options_);
    cell_ = cell;
    return *worker_;
  }

  const CampaignFolder& folder_;
  const Selection& selection_;
  search::CampaignOptions options_;
  std::size_t cell_ = 0;
  std::unique_ptr<search::Simulation> simulation_{};
  std::unique_ptr<search::UnitWorker> worker_{};
};

std::string conflict_text(const search::UnitConflict& conflict, const CampaignFile& campaign) {
  return "unit " + std::to_string(conflict.unit) + " (cell " +
         std::to_string(campaign.cells[conflict.cell].number) + ") was made twice, and " +
         (conflict.seed ? "seed " + std::to_string(*conflict.seed) + " ran differently"
                        : std::string{"what was made of the same runs differs"});
}

search::MergedUnits merge_folders(const CampaignPlan& plan, std::deque<CampaignFolder>& folders) {
  std::vector<RunUnits> units;
  for (const CampaignFolder& folder : folders) units.emplace_back(folder);
  std::vector<search::UnitStore*> stores;
  for (RunUnits& of_folder : units) stores.push_back(&of_folder);
  return search::merge_units(plan, stores);
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

class RunsCampaign final : public CampaignKind {
 public:
  explicit RunsCampaign(const CampaignFolder& folder)
      : folder_{folder}, selection_{selected_runs(folder.campaign())} {}

  std::uint64_t size_of(std::uint64_t unit) const override { return plan().slice(unit).runs; }
  std::string_view measure() const override { return "runs"; }

  std::unique_ptr<UnitMaker> maker(const std::atomic<bool>& stop) const override {
    return std::make_unique<RunMaker>(folder_, selection_, stop);
  }

  ExitCode merge(std::deque<CampaignFolder>& folders, const Arguments& arguments) const override {
    search::MergedUnits merged = merge_folders(plan(), folders);
    MergeGaps gaps{.conflicts = {}, .missing = std::move(merged.missing)};
    for (const search::UnitConflict& conflict : merged.conflicts)
      gaps.conflicts.push_back(conflict_text(conflict, folder_.campaign()));
    if (const auto code = tell_gaps(gaps, arguments)) return *code;

    const ScenarioResult result = result_of(selection_, std::move(merged.cells));
    const OutputFolder out{arguments.text("output").value_or(folder_.path())};
    write_file(out.path() / "summary.json", reports::json_report(result));
    write_file(out.path() / "results.sqlite", results_database(folder_.campaign(), result));
    print(reports::text_report(result, output_style()));
    return exit_code_of(result);
  }

 private:
  const CampaignPlan& plan() const { return plan_of(folder_.campaign()); }

  const CampaignFolder& folder_;
  const Selection selection_;
};

}  // namespace

reports::UnitHead RunUnits::head_of(std::uint64_t unit) const {
  return {
      .plan = folder_->plan(), .unit = unit, .runs = plan_of(folder_->campaign()).slice(unit).runs};
}

std::optional<UnitResult> RunUnits::find(std::uint64_t unit) {
  const std::optional<std::string> text = folder_->find(unit);
  if (!text) return std::nullopt;
  auto read = reports::read_unit_json(*text, head_of(unit));
  if (const auto* problem = std::get_if<std::string>(&read)) folder_->refuse(unit, *problem);
  return std::get<UnitResult>(std::move(read));
}

std::string RunUnits::text_of(std::uint64_t unit, const UnitResult& result) const {
  return reports::unit_json(head_of(unit), result);
}

CampaignFile plan_runs(scenarios::Scenario scenario, const Arguments& arguments, std::string text) {
  const auto unit_size = arguments.number("unit-size", 1, most_runs_of_unit);
  const Selection selection = select(std::move(scenario), arguments);
  const std::size_t cells = selection.cells.size();
  const std::uint64_t usual = search::usual_unit_size(cells, selection.runs);
  CampaignFile campaign = campaign_of(
      selection, arguments, std::move(text),
      CampaignPlan{.cells = cells,
                   .first_seed = selection.first_seed,
                   .runs = selection.runs,
                   .unit_size = unit_size.value_or(std::min(usual, most_runs_of_unit))});
  selected_runs(campaign);  // what will be read on other machines must be what was read here
  return campaign;
}

std::unique_ptr<CampaignKind> campaign_of_runs(const CampaignFolder& folder) {
  return std::make_unique<RunsCampaign>(folder);
}

}  // namespace indoubt::cli
