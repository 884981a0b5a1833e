#include <algorithm>

#include "cli/load.hpp"
#include "cli/selection.hpp"
#include "cli/terminal.hpp"
#include "cli/verb.hpp"
#include "reports/trace/trace_run.hpp"
#include "reports/trace/trace_text.hpp"
#include "reports/words.hpp"

namespace indoubt::cli {
namespace {

constexpr std::uint64_t most_order = 0xffff'ffff;

/// One run is told: of several cells the first, and how to see the others.
void note_other_cells(const Selection& selection) {
  if (selection.cells.size() < 2) return;
  complain("indoubt trace: the first of " + std::to_string(selection.cells.size()) +
           " cells is told; --cell K tells another:\n");
  constexpr std::size_t most_listed = 12;
  for (std::size_t i = 0; i < std::min(selection.cells.size(), most_listed); ++i) {
    const std::size_t cell = selection.cells[i];
    complain("  --cell " + std::to_string(cell + 1) + "  " +
             reports::cell_words(selection.scenario.cells[cell]) + "\n");
  }
  if (selection.cells.size() > most_listed) complain("  ...\n");
}

void check_form(const Arguments& arguments) {
  const std::string form = arguments.text("as").value_or("text");
  if (form == "text") return;
  for (const std::string_view planned : {"mermaid", "html", "shiviz", "perfetto", "json"}) {
    if (form == planned) throw UsageError{"--as " + form + " is not available in this version"};
  }
  throw UsageError{"--as: unknown form '" + form + "'; known is text"};
}

ExitCode trace_file(const Arguments& arguments) {
  check_form(arguments);
  check_selection(arguments);
  const std::string wanted = arguments.text("order").value_or("");
  const bool is_slowest = wanted == "slowest";
  const bool is_first_not_placed = wanted == "first-not-placed";
  std::vector<std::uint64_t> orders;
  if (!is_slowest && !is_first_not_placed) orders = arguments.numbers("order", 1, most_order);
  if (arguments.operands.size() != 1) throw UsageError{"give one FILE"};
  auto scenario = load_scenario(arguments.operands.front());
  if (!scenario) return ExitCode::usage;
  const Selection selection = select(std::move(*scenario), arguments);
  note_other_cells(selection);
  reports::TraceRequest request{.scenario = selection.scenario,
                                .cell = selection.cells.front(),
                                .seed = selection.first_seed};
  if (is_slowest) request.followed = reports::Followed::slowest;
  if (is_first_not_placed) request.followed = reports::Followed::first_not_placed;
  request.orders.assign(orders.begin(), orders.end());
  const auto trace = reports::trace_run(request);
  if (!trace && is_slowest) throw UsageError{"no client of the run got an answer"};
  if (!trace && is_first_not_placed) throw UsageError{"every order of the run was placed"};
  if (!trace) throw UsageError{"the run has no order " + (wanted.empty() ? "1" : wanted)};
  print(reports::trace_text(*trace, output_style()));
  return ExitCode::as_expected;
}

}  // namespace

Verb trace_verb() {
  std::vector<Option> options = selection_options();
  options[0].doc = "the seed of the run (default: the scenario's first)";
  options.push_back({"cell", "K", "of a sweep, the K-th cell, from 1"});
  options.push_back({"order", "N",
                     "the order to follow: its number, several (3,7), 'slowest' or "
                     "'first-not-placed' (default: the first that violates something, and whom it "
                     "met if it takes two, or else the first)"});
  options.push_back({"as", "FORM", "text (default)"});
  return {.name = "trace",
          .operands = "FILE",
          .summary = "one run, told",
          .details =
              "Makes one run and tells what happens to one order, step by step: who sent what\n"
              "and when it arrived, what was written and when it was on disk, what went\n"
              "wrong, and which properties hold in the end.",
          .options = std::move(options),
          .run = trace_file};
}

}  // namespace indoubt::cli
