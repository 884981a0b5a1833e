#include "cli/explore_options.hpp"

#include <algorithm>
#include <utility>

#include "cli/counterexamples.hpp"
#include "cli/files.hpp"
#include "cli/selection.hpp"
#include "scenarios/vocabulary.hpp"
#include "search/exhaustive/fault_sets.hpp"
#include "search/orders/orders.hpp"
#include "search/run/cell_result.hpp"
#include "search/schedule/menu.hpp"

namespace indoubt::cli {
namespace {

constexpr std::uint64_t usual_runs = 10'000;
constexpr std::uint64_t usual_findings = 5;
constexpr std::uint64_t most_runs = 1'000'000'000'000;

std::vector<std::string_view> property_names() {
  std::vector<std::string_view> names;
  for (const auto& doc : properties::property_decls()) names.push_back(doc.name);
  return names;
}

}  // namespace

std::vector<Option> explore_options() {
  return {
      {"cell", "K", "of a sweep, only the K-th cell, from 1"},
      {"exhaustive", "K",
       "try every order of events with every set of up to K faults, the fewest first"},
      {"one-order", "",
       "with --exhaustive: only the order of events that the first seed's delays bring about, with "
       "every set of faults over every injection point of that run"},
      {"rounds", "N",
       "with --exhaustive: a path that goes on without end is followed for N instants after its "
       "last fault (12)"},
      {"states", "N",
       "with --exhaustive: a stage of the search ends when it has met N states, of 24 to 48 bytes "
       "each (30,000,000)"},
      {"mutants", "",
       "search for the smallest sets of up to three missing safeguards (planted mistakes) that "
       "violate a property, in the runs that the scenario asks for; under other faults as well "
       "only "
       "with --kinds or --exhaustive"},
      {"kinds", "LIST", "only these kinds of fault, as crash,drop ('indoubt list faults')"},
      {"runs", "N", "random runs of each cell (default: 10000)"},
      {"for", "TIME", "search for so long, such as 60s"},
      {"property", "P", "only violations of this property count, whatever is expected",
       property_names()},
      {"findings", "N",
       "end the search after N kinds of counterexample; 0: never (default: 5, and never for an "
       "exhaustive search)"},
      {"save", "DIR", "where counterexamples are saved (default: counterexamples)"},
      regression_option(),
      {"journal", "FILE",
       "keep what an exhaustive search has done there, and go on from there: after an "
       "interrupt, or for a larger K"},
      {"jobs", "N",
       "runs at the same time (default: one for each processor); results do not "
       "depend on it"},
      {"format",
       "F",
       "what standard output gets (default: text)",
       {"text", "json", "junit", "github"}},
  };
}

std::uint32_t read_kinds(const std::string& text) {
  std::uint32_t actions = 0;
  std::vector<std::string_view> names = scenarios::action_names();
  for (const sim::HarmDecl& harm : sim::harm_decls) names.push_back(harm.name);
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    const std::string name = text.substr(start, end - start);
    check_choice("--kinds", name, names);
    const auto at = std::find(names.begin(), names.end(), name);
    const auto number = static_cast<std::size_t>(at - names.begin());
    actions |= 1u << number;
    if (number >= sim::action_count) {
      actions |= sim::bit_of(sim::harm_decls[number - sim::action_count].action);
    }
    start = end + 1;
  }
  return actions;
}

/// Safeguards are left out of correct code, and all sets that matter are told.
void check_search_for_safeguards(const Arguments& arguments) {
  for (const std::string_view option : {"mutant", "findings", "journal"}) {
    if (arguments.has(option))
      throw UsageError{"--mutants and --" + std::string{option} + " do not go together"};
  }
}

/// How far a search over all orders goes.
void read_bounds_of_orders(const Arguments& arguments, ExploreOptions& options) {
  const bool is_over_orders = options.exhaustive && !options.keeps_one_order;
  for (const std::string_view bound : {"rounds", "states"}) {
    if (arguments.has(bound) && !is_over_orders) {
      throw UsageError{"--" + std::string{bound} +
                       " is for --exhaustive over all orders of events"};
    }
  }
  options.rounds = arguments.number("rounds", 1, search::most_rounds)
                       .value_or(search::OrdersOptions::usual_instants);
  options.states = arguments.number("states", 1, search::most_states)
                       .value_or(search::OrdersOptions::usual_states);
}

static_assert(search::OrdersOptions::usual_instants == 12 &&
                  search::OrdersOptions::usual_states == 30'000'000,
              "the help says so");

ExploreOptions read_explore_options(const Arguments& arguments) {
  check_selection(arguments);
  ExploreOptions options;
  if (const auto most = arguments.number("exhaustive", 0, search::most_faults_of_a_set))
    options.exhaustive = *most;
  const std::uint32_t all = options.exhaustive ? search::exhaustive_actions : sim::all_actions;
  const auto kinds = arguments.text("kinds");
  options.actions = kinds ? read_kinds(*kinds) : all;
  const std::uint32_t harms = options.exhaustive ? search::exhaustive_harms : sim::all_harms;
  if ((options.actions & ~(all | harms)) != 0) {
    throw UsageError{
        "--kinds: an exhaustive search has no corrupt (to a protocol it is a drop) and "
        "no disk (a full disk is a refusal, a failing one a crash), and of what a crash does "
        "besides "
        "only wipe"};
  }
  options.time = arguments.duration("for", "60s");
  options.runs =
      arguments.number("runs", 1, most_runs).value_or(options.time ? most_runs : usual_runs);
  if (options.exhaustive && arguments.has("runs")) {
    throw UsageError{"--runs is for random search; an exhaustive one makes as many as there are"};
  }
  if (const auto name = arguments.text("property"))
    options.property = properties::property_named(*name);
  options.findings =
      arguments.number("findings", 0, 1'000'000).value_or(options.exhaustive ? 0 : usual_findings);
  options.keeps_one_order = arguments.has("one-order") || arguments.has("mutants");
  if (arguments.has("one-order") && !options.exhaustive)
    throw UsageError{"--one-order is for --exhaustive"};
  options.journal = arguments.text("journal");
  if (options.journal) check_no_dash("--journal", *options.journal);
  if (options.journal && !options.exhaustive) throw UsageError{"--journal is for --exhaustive"};
  read_bounds_of_orders(arguments, options);
  options.leaves_out_safeguards = arguments.has("mutants");
  if (options.leaves_out_safeguards) {
    check_search_for_safeguards(arguments);
    if (!kinds && !options.exhaustive) options.actions = 0;
  }
  options.expected = expected_of_saved(arguments);
  options.folder = arguments.text("save").value_or("counterexamples");
  options.jobs = jobs_of(arguments);
  return options;
}

reports::ExploreResult begin_result(scenarios::Scenario scenario, std::vector<std::size_t> cells,
                                    std::uint64_t first_seed, const ExploreOptions& options) {
  reports::ExploreResult result;
  result.scenario = std::move(scenario);
  result.cells = std::move(cells);
  result.is_exhaustive = options.exhaustive.has_value();
  result.seed = first_seed;
  result.actions = options.actions;
  result.exhaustive.most_faults = options.exhaustive.value_or(0);
  result.exhaustive.is_complete = result.exhaustive.is_done = result.is_exhaustive;
  return result;
}

}  // namespace indoubt::cli
