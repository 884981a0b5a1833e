#include <algorithm>
#include <array>
#include <string>

#include "cli/files.hpp"
#include "cli/interrupt.hpp"
#include "cli/loaded_files.hpp"
#include "cli/run_scenario.hpp"
#include "cli/terminal.hpp"
#include "cli/verb.hpp"
#include "reports/compare/comparison.hpp"
#include "reports/text/text_report.hpp"

namespace indoubt::cli {
namespace {

using reports::Comparison;
using reports::ScenarioResult;
using Results = std::span<const ScenarioResult>;

/// A form in which a comparison can be written to a file.
struct FileForm {
  std::string_view option;
  std::string (*text)(const Comparison& comparison);
};
constexpr std::array<FileForm, 3> forms{{{"markdown", &reports::comparison_markdown},
                                         {"csv", &reports::comparison_csv},
                                         {"json", &reports::comparison_json}}};

void check_options(const Arguments& arguments) {
  if (arguments.has("html")) {
    throw UsageError{
        "--html is not available in this version; there are --markdown, --csv and --json"};
  }
  if (arguments.operands.empty()) throw UsageError{"which scenario? Give one FILE or more"};
  check_distinct(arguments.operands);  // their figures could not be told apart
}

std::vector<Output> outputs_of(const Arguments& arguments) {
  std::vector<Output> outputs;
  for (const FileForm& form : forms) {
    if (auto path = arguments.text(form.option)) {
      outputs.push_back({"--" + std::string{form.option}, std::move(*path)});
    }
  }
  return outputs;
}

/// Below the tables, so that it is the last thing to be read.
std::string conclusions(Results results) {
  std::string text;
  for (const ScenarioResult& result : results) {
    const reports::Conclusion conclusion = result.conclusion();
    const bool is_fine = conclusion == reports::Conclusion::as_expected ||
                         conclusion == reports::Conclusion::no_expectations;
    if (is_fine) continue;
    text += "indoubt compare: " + result.scenario.name + ": " +
            std::string{name_of(result.conclusion())} + "; see indoubt run " +
            result.scenario.file + " --runs " + std::to_string(result.cells.front().result.runs) +
            result.overrides + "\n";
  }
  return text;
}

std::vector<ScenarioResult> run_all(LoadedFiles& loaded, Runner& runner) {
  std::vector<ScenarioResult> results;
  for (Selection& selection : loaded.selections) {
    if (runner.stop) break;
    ScenarioResult result = runner.run(std::move(selection));
    if (!result.cells.empty()) results.push_back(std::move(result));
  }
  return results;
}

/// Whether everything was run that was asked for.
bool is_complete(Results results, const LoadedFiles& loaded) {
  return loaded.unreadable.empty() && results.size() == loaded.selections.size() &&
         std::none_of(results.begin(), results.end(),
                      [](const ScenarioResult& result) { return result.is_interrupted; });
}

void write_files(const Arguments& arguments, const Comparison& comparison) {
  for (const FileForm& form : forms) {
    if (const auto path = arguments.text(form.option)) write_file(*path, form.text(comparison));
  }
}

ExitCode compare_files(const Arguments& arguments) {
  check_selection(arguments);
  const unsigned jobs = jobs_of(arguments);
  check_options(arguments);
  LoadedFiles loaded = load_files("compare", arguments);
  check_outputs(outputs_of(arguments), loaded.files);
  ExitCode code = loaded.unreadable.empty() ? ExitCode::as_expected : ExitCode::usage;
  const std::atomic<bool>& stop = catch_interrupts();
  Progress progress{loaded.runs()};
  Runner runner{.jobs = jobs, .progress = progress, .stop = stop, .keep_samples = true};
  const std::vector<ScenarioResult> results = run_all(loaded, runner);
  for (const ScenarioResult& result : results) code = worse(code, exit_code_of(result));
  const Comparison comparison{results, is_complete(results, loaded)};
  if (!results.empty()) {
    write_files(arguments, comparison);  // first: nobody may be reading standard output any more
    print(reports::comparison_text(comparison, output_style()));
  }
  if (arguments.operands.size() > 1) {
    print("\n" + reports::text_summary(results, loaded.unreadable, output_style()));
  }
  complain(conclusions(results));
  return stop ? worse(code, ExitCode::interrupted) : code;
}

}  // namespace

Verb compare_verb() {
  std::vector<Option> options = selection_options();
  options.insert(options.begin() + 1,
                 {"runs", "N", "runs of each cell, in place of the scenario's seeds.count"});
  options.push_back({"jobs", "N",
                     "runs at the same time (default: one for each processor); "
                     "results do not depend on it"});
  options.push_back({"markdown", "FILE", "also write the tables there, in Markdown"});
  options.push_back({"csv", "FILE", "also write every figure there, one to a line"});
  options.push_back({"json", "FILE", "also write every figure there, as one JSON object"});
  options.push_back({"html", "FILE", "not available in this version"});
  return {
      .name = "compare",
      .operands = "FILE...",
      .summary = "protocols side by side, on the same seeds and faults",
      .details =
          "Runs every cell of each scenario with the same seeds and shows next to each other what\n"
          "each protocol keeps and loses, how long it takes, what it blocks and holds, and what "
          "it\n"
          "costs against the formula. With several files each stands for a class of faults. The\n"
          "first cell of a scenario is what the others are paired with, run by run. The exit code\n"
          "is that of 'indoubt run'.",
      .options = std::move(options),
      .run = compare_files};
}

}  // namespace indoubt::cli
