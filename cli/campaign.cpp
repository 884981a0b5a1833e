#include "cli/campaign.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "cli/explore_options.hpp"
#include "cli/selection.hpp"
#include "cli/verb.hpp"
#include "reports/program.hpp"

namespace indoubt::cli {
namespace {

/// A part of the command, with the options that it knows besides those of others.
struct CampaignPart {
  std::string_view name;
  std::vector<std::string_view> options;
  ExitCode (*run)(const Arguments& arguments);
};

const std::vector<CampaignPart>& parts() {
  static const std::vector<CampaignPart> all{
      {"plan",
       {"seed", "runs", "protocol", "mutant", "unit-size", "exhaustive", "one-order", "kinds",
        "property", "rounds", "states", "output"},
       plan_campaign},
      {"work", {"shard", "jobs", "time-budget"}, work_on_campaign},
      {"merge", {"output", "shards"}, merge_campaign},
      {"status", {"shards"}, tell_campaign_status},
      {"submit", {"engine", "shards", "print"}, print_campaign_script}};
  return all;
}

std::vector<std::string_view> part_names() {
  std::vector<std::string_view> names;
  for (const CampaignPart& part : parts()) names.push_back(part.name);
  return names;
}

void check_options(const CampaignPart& part, const Arguments& arguments) {
  for (const auto& [name, value] : arguments.options) {
    if (std::find(part.options.begin(), part.options.end(), name) != part.options.end()) continue;
    throw UsageError{"--" + name + " is nothing to 'campaign " + std::string{part.name} + "'"};
  }
}

ExitCode run_part(const Arguments& arguments) {
  if (arguments.operands.empty()) throw UsageError{"what of it? plan, work, merge, status, submit"};
  const std::string& name = arguments.operands.front();
  check_choice("campaign", name, part_names());
  const auto part = std::find_if(parts().begin(), parts().end(),
                                 [&](const CampaignPart& known) { return known.name == name; });
  check_options(*part, arguments);
  Arguments rest = arguments;
  rest.operands.erase(rest.operands.begin());
  return part->run(rest);
}

/// An option of `explore` that a plan knows.
Option search_option(std::string_view name, std::string_view doc) {
  const std::vector<Option> all = explore_options();
  Option option = *std::find_if(all.begin(), all.end(),
                                [&](const Option& known) { return known.name == name; });
  option.doc = doc;
  return option;
}

std::vector<Option> campaign_options() {
  std::vector<Option> options = selection_options();
  options[0].doc = "plan: the first seed; one run of each cell, unless --runs says otherwise";
  options[1].doc =
      "plan: only the cells with this protocol; a scenario that has none runs it in place of its "
      "own";
  options[2].doc = "plan: with this planted mistake, or with several, as M-F02,M-F08";
  const std::vector<Option> own{
      {"runs", "N", "plan: runs of each cell, in place of the scenario's seeds.count"},
      {"unit-size", "N",
       "plan: runs of a unit, the least that is stored (default: 256, or more so that units are "
       "few)"},
      search_option("exhaustive",
                    "plan: search instead, as 'explore' does, every order of events with every "
                    "set of up to K faults"),
      search_option("one-order",
                    "plan --exhaustive: only the order of events of the first seed's run"),
      search_option("kinds", "plan --exhaustive: only these kinds of fault, as crash,drop"),
      search_option("property", "plan --exhaustive: only violations of this property count"),
      search_option("rounds",
                    "plan --exhaustive: a path that goes on without end is followed for N "
                    "instants after its last fault (12)"),
      search_option("states",
                    "plan --exhaustive: a stage of the search ends when it has met N states "
                    "(30,000,000)"),
      {"output",
       "DIR",
       "plan: the folder of the campaign; merge: where the results go (default: there)",
       {},
       {},
       "o"},
      {"shard", "K/N",
       "work: the K-th of N shares; auto/N is that of this task of Slurm, Kubernetes or MPI"},
      {"jobs", "N", "work: runs at the same time (default: one for each processor)"},
      {"time-budget", "T", "work: end after that time, such as 50m; what is not whole is not kept"},
      {"shards", "N", "status, merge, submit: into how many shares the work is divided"},
      {"engine", "E", "submit: what shares out the work", {"slurm", "parallel", "k8s"}},
      {"print", "", "submit: print the script, which is the default: nothing is ever started"},
  };
  options.insert(options.end(), own.begin(), own.end());
  return options;
}

}  // namespace

const std::string& campaign_operand(const Arguments& arguments) {
  if (arguments.operands.size() != 1) throw UsageError{"give one DIR, that of a 'campaign plan'"};
  return arguments.operands.front();
}

Verb campaign_verb() {
  return {
      .name = "campaign",
      .operands = "PART FILE|DIR...",
      .example = "indoubt campaign plan first.json --runs 1000000 -o campaign",
      .summary = "one scenario's runs, or a search, on many machines",
      .details =
          "Divides the runs of a scenario into units, which any number of machines can make,\n"
          "and joins their results to those that 'run' would have. With --exhaustive it divides\n"
          "a search, and comes to what 'explore' would have found.\n"
          "  campaign plan FILE -o DIR           cuts the work into units\n"
          "  campaign plan FILE --exhaustive K -o DIR\n"
          "  campaign work DIR --shard K/N       makes those of a share that are missing\n"
          "  campaign status DIR --shards N      says what is missing\n"
          "  campaign submit DIR --engine E --shards N   prints a script for a scheduler\n"
          "  campaign merge DIR... [-o DIR]      summary.json and a report; of runs\n"
          "                                      results.sqlite, of a search counterexamples/\n"
          "A unit that is made is on the disk; who is killed loses those under way, and whoever\n"
          "works on the same share goes on. All must be the same build of the program.\n"
          "Exit code 3 if units are missing; a worker that gets SIGTERM ends with 143.",
      .options = campaign_options(),
      .operand_choices = part_names(),
      .run = run_part};
}

}  // namespace indoubt::cli
