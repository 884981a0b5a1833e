#include <algorithm>
#include <chrono>
#include <optional>

#include "cli/cell_search.hpp"
#include "cli/explore_options.hpp"
#include "cli/explore_session.hpp"
#include "cli/load.hpp"
#include "cli/safeguards_session.hpp"
#include "cli/terminal.hpp"
#include "cli/verb.hpp"
#include "reports/explore_report.hpp"
#include "reports/github.hpp"
#include "reports/junit_report.hpp"

namespace indoubt::cli {
namespace {

/// What a program knows is what it was told, and no two ways of telling it are alike: a search over
/// all orders would meet no state twice, and a journal could not know that the program has changed.
void check_for_programs(const Selection& selection, const ExploreOptions& options) {
  if (!runs_programs(selection)) return;
  if (options.exhaustive && !options.keeps_one_order)
    throw UsageError{
        "external programs cannot be searched over all orders of events: add "
        "--one-order"};
  if (options.journal) throw UsageError{"a search of external programs has no --journal"};
  if (options.leaves_out_safeguards)
    throw UsageError{"what external programs could leave out is not known: no --mutants"};
}

std::string report_in(const std::string& format, const reports::ExploreResult& result) {
  if (format == "json") return reports::explore_json(result);
  if (format == "junit") return reports::junit_report(result);
  if (format == "github") return reports::github_annotations(result);
  return reports::explore_text(result, output_style());
}

ExitCode explore_file(const Arguments& arguments) {
  const ExploreOptions options = read_explore_options(arguments);
  if (arguments.operands.size() != 1) throw UsageError{"give one FILE"};
  auto scenario = load_scenario(arguments.operands.front());
  if (!scenario) return ExitCode::usage;
  Selection selection = select_for_search(std::move(*scenario), arguments);
  check_for_programs(selection, options);
  const reports::ExploreResult result = options.leaves_out_safeguards
                                            ? leave_out_safeguards(std::move(selection), options)
                                            : explore_selection(std::move(selection), options);
  print(report_in(arguments.text("format").value_or("text"), result));
  return exit_code_of(result);
}

}  // namespace

Verb explore_verb() {
  std::vector<Option> options = selection_options();
  options[0].doc = "the first seed: run i has seed N + i, for the world and for its faults";
  const std::vector<Option> own = explore_options();
  options.insert(options.end(), own.begin(), own.end());
  return {
      .name = "explore",
      .operands = "FILE",
      .example = "indoubt explore first.json --exhaustive 2",
      .summary = "search for counterexamples",
      .details =
          "Runs the scenario under faults that it does not name, at random or, with --exhaustive,\n"
          "under every set of up to K faults. What is violated and not expected is reduced to\n"
          "the fewest faults that show it, and saved as a scenario that 'indoubt run' replays.\n"
          "With --mutants, safeguards of the protocol are left out instead, or as well.\n"
          "Exit code: 0 nothing found, 1 found, 3 stopped before an exhaustive search was done, "
          "or\n"
          "there is a property that no run could be judged by.",
      .options = std::move(options),
      .run = explore_file};
}

}  // namespace indoubt::cli
