#include <algorithm>
#include <variant>

#include "cli/campaign.hpp"
#include "cli/campaign_runs.hpp"
#include "cli/campaign_search.hpp"
#include "cli/explore_options.hpp"
#include "cli/load.hpp"
#include "cli/verb.hpp"
#include "reports/program.hpp"
#include "reports/words.hpp"
#include "scenarios/reader.hpp"

namespace indoubt::cli {
namespace {

using reports::count_of;

std::string words_of(const search::CampaignPlan& plan) {
  return count_of(plan.cells, "cell") + ", " + count_of(plan.runs, "run") + " of each, in " +
         count_of(plan.units(), "unit") + " of up to " + reports::grouped(plan.unit_size) + " runs";
}

std::string words_of(const reports::PlannedSearch& planned) {
  return count_of(planned.shares.shares.size(), "cell") + " to search, in " +
         count_of(planned.units(), "unit");
}

std::string summary_of_plan(const std::string& folder, const reports::CampaignFile& campaign) {
  const std::string what =
      std::visit([](const auto& planned) { return words_of(planned); }, campaign.plan);
  return folder + ": " + what + ". Next:\n  " + reports::command("campaign work", folder) +
         " --shard 1/1\n  " + reports::command("campaign merge", folder) + "\n";
}

/// Options of one kind of campaign that were given for the other.
void check_kind(const Arguments& arguments) {
  const bool is_search = arguments.has("exhaustive");
  for (const std::string_view name : planned_search_options()) {
    if (!is_search && arguments.has(name))
      throw UsageError{"--" + std::string{name} + " is for searches: with --exhaustive K"};
  }
  if (is_search && arguments.has("unit-size"))
    throw UsageError{"--unit-size is for runs; the units of a search are its shares"};
  if (is_search) read_explore_options(arguments);  // complains before files are read
}

}  // namespace

ExitCode plan_campaign(const Arguments& arguments) {
  check_selection(arguments);
  check_kind(arguments);
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
  auto text = scenarios::read_merged_text(file);
  if (!text) throw FileError{file + " was changed while it was read"};
  const auto plan = arguments.has("exhaustive") ? plan_search : plan_runs;
  const auto campaign = plan(std::move(*scenario), arguments, std::move(*text));
  CampaignFolder::begin(*folder, campaign);
  print(summary_of_plan(*folder, campaign));
  return ExitCode::as_expected;
}

}  // namespace indoubt::cli
