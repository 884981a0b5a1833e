#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <string>

#include "cli/compare_findings.hpp"
#include "cli/files.hpp"
#include "cli/interrupt.hpp"
#include "cli/loaded_files.hpp"
#include "cli/run_scenario.hpp"
#include "cli/terminal.hpp"
#include "cli/verb.hpp"
#include "reports/compare/comparison.hpp"
#include "reports/junit_report.hpp"
#include "reports/program.hpp"
#include "reports/text/text_report.hpp"
#include "reports/words.hpp"

namespace indoubt::cli {
namespace {

using reports::Comparison;
using reports::ScenarioResult;
using Results = std::span<const ScenarioResult>;

/// Violations of which the page shows the smallest run.
constexpr std::size_t most_findings = 32;

/// A form in which a comparison can be written to a file.
struct FileForm {
  std::string_view option;
  std::string (*text)(const Comparison& comparison);
};
std::string comparison_junit(const Comparison& comparison) {
  return reports::junit_report(comparison.results, {});
}

constexpr std::array<FileForm, 4> forms{{{"markdown", &reports::comparison_markdown},
                                         {"csv", &reports::comparison_csv},
                                         {"json", &reports::comparison_json},
                                         {"junit", &comparison_junit}}};

void check_options(const Arguments& arguments) {
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
  if (auto path = arguments.text("html")) outputs.push_back({"--html", std::move(*path)});
  return outputs;
}

/// Options that say where results go, or how fast: a page that is made again need not have them.
bool changes_results(std::string_view option) {
  return option != "html" && option != "jobs" &&
         std::none_of(forms.begin(), forms.end(),
                      [&](const FileForm& form) { return form.option == option; });
}

/// What was typed, as far as it decides the results.
std::string arguments_text(const Arguments& arguments) {
  std::string text = "compare";
  for (const std::string& file : arguments.operands) text += " " + reports::quoted_for_shell(file);
  for (const auto& [name, value] : arguments.options) {
    if (!changes_results(name)) continue;
    text += " --" + name + (value.empty() ? "" : " " + reports::quoted_for_shell(value));
  }
  return text + " --html FILE";
}

/// What no two pages have in common, though they were made from the same campaign.
std::string wall_clock_text(std::chrono::steady_clock::time_point start, unsigned jobs) {
  const std::chrono::nanoseconds took = std::chrono::steady_clock::now() - start;
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 32> date{};
  std::strftime(date.data(), date.size(), "%Y-%m-%d %H:%M UTC", &utc);
  return "Made on " + std::string{date.data()} + " in " + reports::rounded(took) + ", " +
         reports::count_of(jobs, "run") + " at the same time.";
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

/// Whether all could be written.
bool write_files(const Arguments& arguments, const Comparison& comparison) {
  bool are_written = true;
  for (const FileForm& form : forms) {
    const auto path = arguments.text(form.option);
    if (!path) continue;
    are_written &= try_files([&] { write_file(*path, form.text(comparison)); });
  }
  return are_written;
}

/// The page, with the smallest runs of a few violations.
void write_page(const std::string& path, const Arguments& arguments, Comparison comparison,
                std::chrono::steady_clock::time_point start, const std::atomic<bool>& stop) {
  const auto choices = reports::choose_findings(comparison.results, most_findings);
  const unsigned jobs = jobs_of(arguments);
  comparison.findings = reduce_findings(comparison.results, choices.chosen, jobs, stop);
  comparison.findings_left_out =
      choices.left_out + choices.chosen.size() - comparison.findings.size();
  write_file(path, reports::comparison_page(
                       comparison, {.program = reports::quoted_for_shell(reports::program_path()),
                                    .arguments = arguments_text(arguments),
                                    .wall_clock = wall_clock_text(start, jobs)}));
}

ExitCode compare_files(const Arguments& arguments) {
  const auto start = std::chrono::steady_clock::now();
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
  const Comparison comparison{.results = results, .is_complete = is_complete(results, loaded)};
  if (!results.empty()) {
    // First: nobody may be reading standard output any more.
    bool are_written = write_files(arguments, comparison);
    if (const auto path = arguments.text("html")) {
      are_written &= try_files([&] { write_page(*path, arguments, comparison, start, stop); });
    }
    if (!are_written) code = worse(code, ExitCode::usage);
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
  options.push_back({"junit", "FILE", "also write there what became of expectations, as JUnit"});
  options.push_back({"html", "FILE", "also write a page there that opens offline, in one file"});
  return {
      .name = "compare",
      .operands = "FILE...",
      .example = "indoubt compare first.json --html comparison.html",
      .summary = "protocols side by side, on the same seeds and faults",
      .details =
          "Runs every cell of each scenario with the same seeds. It begins with three answers: is "
          "it\n"
          "atomic, does it release, does it block; and with what each protocol keeps, loses, owes\n"
          "and costs. Figures follow: each property, differences run by run, how long it takes, "
          "what\n"
          "it blocks and holds, and what it costs against the formula. With several files each\n"
          "stands for a class of faults. The first cell of a scenario is what the others are "
          "paired\n"
          "with. The page (--html) has charts and the smallest runs that break a property, too; "
          "two\n"
          "pages of the same runs differ in one line about the wall clock. The exit code is that "
          "of\n"
          "'indoubt run'.",
      .options = std::move(options),
      .run = compare_files};
}

}  // namespace indoubt::cli
