#include "cli/campaign.hpp"
#include "cli/campaign_folder.hpp"
#include "cli/load.hpp"
#include "cli/verb.hpp"
#include "reports/program.hpp"
#include "reports/words.hpp"
#include "scenarios/reader.hpp"

namespace indoubt::cli {
namespace {

/// More would make a unit's file larger than this program reads, and a killed worker lose too much.
constexpr std::uint64_t most_runs_of_unit = 100'000;

std::string summary_of_plan(const std::string& folder, const search::CampaignPlan& plan) {
  const std::string first_words = reports::count_of(plan.cells, "cell") + ", " +
                                  reports::count_of(plan.runs, "run") + " of each, in " +
                                  reports::count_of(plan.units(), "unit");
  return folder + ": " + first_words + " of up to " + reports::grouped(plan.unit_size) +
         " runs. Next:\n  " + reports::command("campaign work", folder) + " --shard 1/1\n  " +
         reports::command("campaign merge", folder) + "\n";
}

}  // namespace

ExitCode plan_campaign(const Arguments& arguments) {
  check_selection(arguments);
  const std::uint64_t unit_size =
      arguments.number("unit-size", 1, most_runs_of_unit).value_or(search::runs_per_unit);
  const auto folder = arguments.text("output");
  if (!folder) throw UsageError{"into which folder? -o DIR"};
  if (arguments.operands.size() != 1) throw UsageError{"give one FILE"};
  const std::string& file = arguments.operands.front();
  if (file == "-") throw UsageError{"a campaign needs a file: standard input is read only once"};

  auto scenario = load_scenario(file);
  if (!scenario) return ExitCode::usage;
  if (runs_programs(*scenario))
    throw UsageError{file +
                     ": a campaign runs no external programs: on other machines they may "
                     "be others, and nobody would know"};
  const Selection selection = select(std::move(*scenario), arguments);
  auto text = scenarios::read_merged_text(file);
  if (!text) throw FileError{file + " was changed while it was read"};
  const auto campaign = campaign_of(selection, arguments, std::move(*text), unit_size);
  selection_of(campaign);  // what will be read on other machines must be what was read here
  CampaignFolder::begin(*folder, campaign);
  print(summary_of_plan(*folder, campaign.plan));
  return ExitCode::as_expected;
}

}  // namespace indoubt::cli
