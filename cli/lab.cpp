#include <nlohmann/json.hpp>

#include "cli/engine_bytes.hpp"
#include "cli/files.hpp"
#include "cli/lab_page.hpp"
#include "cli/load.hpp"
#include "cli/selection.hpp"
#include "cli/verb.hpp"
#include "lab/answer.hpp"
#include "lab/lessons.hpp"
#include "lab/text_edit.hpp"
#include "scenarios/load/files.hpp"
#include "scenarios/writer.hpp"

namespace indoubt::cli {
namespace {

/// The scenario as one text that needs no other file and has no sweep: as it was written, if it is
/// that already.
std::string whole_text(const scenarios::Scenario& scenario, std::size_t cell) {
  const bool is_whole = scenario.extended.empty() && scenario.cells.size() == 1;
  const auto file = is_whole ? scenarios::read_file(scenario.file) : scenarios::FileText{};
  return file.text ? *file.text : scenarios::write_scenario(scenario, cell);
}

/// With its first seed changed, and one run of it.
std::string with_seed(const std::string& text, std::uint64_t seed) {
  const nlohmann::json question{{"do", "save"}, {"scenario", text}, {"seed", seed}};
  const auto answer = nlohmann::json::parse(lab::answer(question.dump()));
  return answer.at("text").get<std::string>();
}

/// Nothing if the file cannot be read.
std::optional<std::string> text_from(const Arguments& arguments) {
  if (arguments.operands.empty()) return std::string{lab::start_text()};
  auto scenario = load_scenario(arguments.operands.front());
  if (!scenario) return std::nullopt;
  if (const auto output = arguments.text("output")) {
    check_outputs({{"--output", *output}}, files_of(*scenario));
  }
  if (runs_programs(*scenario))
    throw UsageError{scenario->file + ": a page cannot start the programs of external nodes"};
  const Selection selection = select(std::move(*scenario), arguments);
  const std::string text = whole_text(selection.scenario, selection.cells.front());
  return arguments.has("seed") ? with_seed(text, selection.first_seed) : text;
}

ExitCode write_lab(const Arguments& arguments) {
  if (arguments.operands.size() > 1) throw UsageError{"give one FILE, or none"};
  if (engine_bytes().empty()) {
    throw UsageError{
        "this program was built without the lab's engine: build it with scripts/lab, "
        "or take a release"};
  }
  const auto text = text_from(arguments);
  if (!text) return ExitCode::usage;
  const std::string path = arguments.text("output").value_or("lab.html");
  write_file(path, lab_page(*text));
  print(path + ": open it in a browser; it needs nothing else\n");
  return ExitCode::as_expected;
}

}  // namespace

Verb lab_verb() {
  std::vector<Option> options = selection_options();
  options[0].doc = "the seed that it begins with (default: the scenario's first)";
  options.push_back({"cell", "K", "of a sweep, the K-th cell, from 1"});
  options.push_back({.name = "output",
                     .value = "FILE",
                     .doc = "write the page there (default: lab.html)",
                     .letter = "o"});
  return {
      .name = "lab",
      .operands = "[FILE]",
      .example = "indoubt lab first.json -o lab.html",
      .summary = "a page that makes runs: edit, break, see",
      .details =
          "Writes a page with the simulator in it, which opens offline: a scenario to edit, its\n"
          "run as a diagram, and what became of every order and property. Click what happens\n"
          "to crash a node there, to lose, delay or double a message; what any single fault\n"
          "would do is shown beforehand. It finds the smallest set of faults that breaks\n"
          "something, compares protocols, and saves files that 'indoubt run' replays. Without\n"
          "FILE it begins with one order and two services.",
      .options = std::move(options),
      .run = write_lab};
}

}  // namespace indoubt::cli
