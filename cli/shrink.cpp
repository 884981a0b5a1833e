#include <stdexcept>

#include "cli/counterexamples.hpp"
#include "cli/failing_run.hpp"
#include "cli/files.hpp"
#include "cli/interrupt.hpp"
#include "cli/knowledge.hpp"
#include "cli/load.hpp"
#include "cli/verb.hpp"
#include "reports/counterexample.hpp"
#include "reports/words.hpp"
#include "scenarios/writer.hpp"

namespace indoubt::cli {
namespace {

using search::Shrunk;

std::optional<properties::Property> wanted_property(const Arguments& arguments) {
  const auto name = arguments.text("property");
  if (!name) return std::nullopt;
  check_choice("--property", *name, knowledge().properties);
  return properties::property_named(*name);
}

std::string what_was_run(const Selection& selection) {
  std::string seeds = "seed " + std::to_string(selection.first_seed);
  if (selection.runs > 1) {
    seeds = "seeds " + seeds.substr(5) + " to " +
            std::to_string(selection.first_seed + selection.runs - 1);
  }
  return seeds + " of " + reports::count_of(selection.cells.size(), "cell");
}

[[noreturn]] void throw_nothing_fails(const Selection& selection,
                                      std::optional<properties::Property> property) {
  const std::string what =
      property ? "violates " + std::string{properties::name_of(*property)} : "violates anything";
  throw UsageError{selection.scenario.file + ": there is nothing to shrink: no run " + what + " (" +
                   what_was_run(selection) + ")"};
}

/// "seed 7 of cell 2 (protocol=saga): agreement is violated, as expected: deciders differ".
std::string choice_text(const Selection& selection, const FailingRun& run) {
  std::string text = "seed " + std::to_string(run.failing.seed);
  if (selection.scenario.cells.size() > 1) {
    text += " of cell " + std::to_string(run.cell + 1) + " (" +
            reports::cell_words(selection.scenario.cells[run.cell]) + ")";
  }
  text += ": " + std::string{properties::name_of(run.failing.property)} + " is violated";
  if (run.is_expected) text += ", as expected";
  return text + ": " + std::string{properties::name_of(run.failing.why)};
}

std::string from_to(std::string_view what, std::size_t before, std::size_t after) {
  return "  " + std::string{what} + " " + reports::grouped(before) + " -> " +
         reports::grouped(after) + "\n";
}

std::string summary(const scenarios::Scenario& made, const Shrunk& shrunk,
                    const std::string& file) {
  const auto& deployment = shrunk.failing.deployment;
  const std::string replayed =
      reports::quoted_for_shell(file) + std::string{reports::consent_for(deployment)};
  return made.description + "\n" +
         from_to("faults", shrunk.faults_before, deployment.faults.size()) +
         from_to("orders", shrunk.orders_before, search::orders_of(deployment)) + "  runs tried " +
         reports::grouped(shrunk.runs) + "\n  indoubt run " + replayed + "\n  indoubt trace " +
         replayed + "\n";
}

ExitCode shrink_file(const Arguments& arguments) {
  check_selection(arguments);
  const auto property = wanted_property(arguments);
  if (arguments.operands.size() != 1) throw UsageError{"give one FILE"};
  auto scenario = load_scenario(arguments.operands.front());
  if (!scenario) return ExitCode::usage;
  if (const auto output = arguments.text("output")) {
    check_outputs({{"--output", *output}}, files_of(*scenario));
  }
  const Selection selection = select(std::move(*scenario), arguments);
  const std::atomic<bool>& stop = catch_interrupts();
  const auto run = find_failing_run(selection, property, jobs_of(arguments), stop);
  if (stop) return ExitCode::interrupted;
  if (!run) throw_nothing_fails(selection, property);
  complain(choice_text(selection, *run) + "\n");
  const auto shrunk = search::shrink(run->failing, {.stop = &stop});
  if (!shrunk)
    throw std::logic_error{"a failing run did not fail when its faults were made explicit"};
  const scenarios::Scenario made =
      reports::counterexample(*shrunk, selection.scenario, expected_of_saved(arguments));
  const std::string text = scenarios::write_scenario(made);
  if (const auto output = arguments.text("output")) {
    write_file(*output, text);
    print(summary(made, *shrunk, *output));
  } else {
    print(text);
  }
  return stop ? ExitCode::interrupted : ExitCode::as_expected;
}

}  // namespace

Verb shrink_verb() {
  std::vector<Option> options = selection_options();
  options[0].doc = "the seed of the failing run (default: the scenario's first that fails)";
  options.push_back({"cell", "K", "of a sweep, the K-th cell, from 1"});
  options.push_back({"property", "P",
                     "the property that the run violates (default: the first that no "
                     "expectation wants violated, or else the first)"});
  options.push_back(regression_option());
  options.push_back({.name = "output",
                     .value = "FILE",
                     .doc = "write the scenario there, and a summary to standard output",
                     .letter = "o"});
  return {
      .name = "shrink",
      .operands = "FILE",
      .example = "indoubt shrink first.json --property atomicity -o smallest.json",
      .summary = "minimise a failing schedule",
      .details =
          "Takes a failing run and takes away what the failure does not need: faults that chance\n"
          "brought or the scenario states, orders, services, settings and the choice of the seed,\n"
          "as long as the same property is violated for the same reason. The result is a scenario\n"
          "that replays it and expects the violation. With a planted mistake, the correct "
          "protocol\n"
          "passes on it if it passed before. Exit code 2 if no run fails.",
      .options = std::move(options),
      .run = shrink_file};
}

}  // namespace indoubt::cli
