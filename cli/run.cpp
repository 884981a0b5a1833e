#include <algorithm>
#include <optional>

#include "cli/interrupt.hpp"
#include "cli/loaded_files.hpp"
#include "cli/result_files.hpp"
#include "cli/run_scenario.hpp"
#include "cli/terminal.hpp"
#include "cli/verb.hpp"
#include "reports/github.hpp"
#include "reports/json_report.hpp"
#include "reports/junit_report.hpp"
#include "reports/text/text_report.hpp"

namespace indoubt::cli {
namespace {

using reports::ScenarioResult;
using reports::UnreadableFile;

enum class Format { text, json, junit, github };

Format format_of(const Arguments& arguments) {
  const std::string name = arguments.text("format").value_or("text");
  if (name == "json") return Format::json;
  if (name == "github") return Format::github;
  return name == "junit" ? Format::junit : Format::text;
}

void print_result(Format format, const ScenarioResult& result, bool is_first) {
  if (format == Format::json) print(reports::json_report(result));
  if (format == Format::text) {
    print((is_first ? "" : "\n\n") + reports::text_report(result, output_style()));
  }
}

/// What comes after all scenarios.
void print_end(Format format, const std::vector<ScenarioResult>& results,
               const std::vector<UnreadableFile>& unreadable) {
  if (format == Format::junit) print(reports::junit_report(results, unreadable));
  if (format == Format::github) print(reports::github_annotations(results, unreadable));
  if (format == Format::text && results.size() + unreadable.size() > 1) {
    print((results.empty() ? "" : "\n\n") +
          reports::text_summary(results, unreadable, output_style()));
  }
}

ExitCode run_files(const Arguments& arguments) {
  check_selection(arguments);
  const Format format = format_of(arguments);
  const unsigned jobs = jobs_of(arguments);
  if (arguments.has("outcomes") && format != Format::json && !arguments.has("out")) {
    throw UsageError{"--outcomes: only JSON has them; --format json or --out DIR"};
  }
  if (arguments.operands.empty()) throw UsageError{"which scenario? Give one FILE or more"};
  std::optional<ResultFolder> folder;
  if (const auto path = arguments.text("out")) folder.emplace(*path);

  LoadedFiles loaded = load_files("run", arguments);
  if (folder) folder->check(loaded);
  ExitCode code = loaded.unreadable.empty() ? ExitCode::as_expected : ExitCode::usage;
  const std::atomic<bool>& stop = catch_interrupts();
  Progress progress{loaded.runs()};
  Runner runner{
      .jobs = jobs, .progress = progress, .stop = stop, .keep_outcomes = arguments.has("outcomes")};
  std::vector<ScenarioResult> results;
  for (Selection& selection : loaded.selections) {
    ScenarioResult result = runner.run(std::move(selection));
    if (result.cells.empty()) {  // interrupted before it: what comes after all tells of it
      results.push_back(std::move(result));
      continue;
    }
    code = worse(code, exit_code_of(result));
    // First: nobody may be reading standard output any more.
    if (folder && !try_files([&] { folder->add(result); })) code = worse(code, ExitCode::usage);
    print_result(format, result, results.empty());
    results.push_back(std::move(result));
  }
  print_end(format, results, loaded.unreadable);
  return stop ? worse(code, ExitCode::interrupted) : code;
}

}  // namespace

Verb run_verb() {
  std::vector<Option> options = selection_options();
  options.insert(options.begin() + 1,
                 {"runs", "N", "runs of each cell, in place of the scenario's seeds.count"});
  options.push_back({"jobs", "N",
                     "runs at the same time (default: one for each processor); "
                     "results do not depend on it"});
  options.push_back({"format",
                     "F",
                     "what standard output gets (default: text)",
                     {"text", "json", "junit", "github"}});
  options.push_back({"outcomes", "",
                     "the JSON also has what became of every order of every run, in the words of "
                     "trace --as json"});
  options.push_back({"out", "DIR", "also write a JSON and a text report of each scenario there"});
  return {
      .name = "run",
      .operands = "FILE...",
      .example = "indoubt run first.json --runs 1000",
      .summary = "run scenarios; verdicts against expectations",
      .details =
          "Runs every cell of each scenario with its seeds, judges every run by every property,\n"
          "and compares the verdicts with what the scenario expects. Only expectations decide\n"
          "the exit code; other violations are shown as observations.",
      .options = std::move(options),
      .run = run_files};
}

}  // namespace indoubt::cli
