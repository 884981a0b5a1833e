#include "cli/load.hpp"
#include "cli/verb.hpp"
#include "reports/words.hpp"

namespace indoubt::cli {
namespace {

std::string summary_of(const scenarios::Scenario& scenario) {
  return scenario.file + ": valid, " + reports::count_of(scenario.cells.size(), "cell") + ", " +
         reports::count_of(scenario.seed_count, "seed") + ", " +
         reports::count_of(scenario.expectations.size(), "expectation") + "\n";
}

ExitCode validate_files(const Arguments& arguments) {
  if (arguments.operands.empty()) throw UsageError{"which scenario? Give one FILE or more"};
  ExitCode code = ExitCode::as_expected;
  for (const std::string& file : arguments.operands) {
    if (const auto scenario = load_scenario(file)) {
      print(summary_of(*scenario));
    } else {
      code = ExitCode::usage;
    }
  }
  return code;
}

}  // namespace

Verb validate_verb() {
  return {.name = "validate",
          .operands = "FILE...",
          .example = "indoubt validate first.json second.json",
          .summary = "check files without running them",
          .details =
              "Reads scenarios with what they extend and says everything that is wrong with\n"
              "them at once, each with its place. Exit code 2 if anything is.",
          .run = validate_files};
}

}  // namespace indoubt::cli
