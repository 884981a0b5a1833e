#include <algorithm>
#include <array>

#include "cli/load.hpp"
#include "cli/selection.hpp"
#include "cli/terminal.hpp"
#include "cli/verb.hpp"
#include "reports/trace/mermaid.hpp"
#include "reports/trace/narrow.hpp"
#include "reports/trace/perfetto.hpp"
#include "reports/trace/shiviz.hpp"
#include "reports/trace/trace_html.hpp"
#include "reports/trace/trace_json.hpp"
#include "reports/trace/trace_run.hpp"
#include "reports/trace/trace_text.hpp"
#include "reports/words.hpp"
#include "scenarios/writer.hpp"

namespace indoubt::cli {
namespace {

using reports::Followed;
using reports::RunTrace;
using reports::TracePageRun;

constexpr std::uint64_t most_order = 0xffff'ffff;
constexpr std::uint64_t most_cell = 0xffff'ffff;

constexpr std::array<std::string_view, 6> forms{"text",   "html",     "mermaid",
                                                "shiviz", "perfetto", "json"};

/// What of a run is to be told, and how.
struct Wish {
  std::string form = "text";
  std::string order;  ///< as it was typed
  std::vector<std::uint32_t> orders{};
  Followed followed = Followed::first_violating;

  /// Text and diagrams are of the orders that are followed. The others hold the whole run, unless
  /// somebody asks for less of it.
  bool is_narrow() const {
    const bool holds_all = form != "text" && form != "mermaid";
    return holds_all && !order.empty() && followed != Followed::all;
  }
};

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

Wish wish_of(const Arguments& arguments) {
  Wish wish;
  wish.form = arguments.text("as").value_or("text");
  check_choice("--as", wish.form, forms);
  wish.order = arguments.text("order").value_or("");
  if (wish.order == "slowest") {
    wish.followed = Followed::slowest;
  } else if (wish.order == "first-not-placed") {
    wish.followed = Followed::first_not_placed;
  } else if (wish.order == "all") {
    wish.followed = Followed::all;
  } else {
    const auto numbers = arguments.numbers("order", 1, most_order);
    wish.orders.assign(numbers.begin(), numbers.end());
  }
  const bool has_room_for_two = wish.form == "html" || wish.form == "shiviz";
  if (arguments.has("beside") && !has_room_for_two) {
    throw UsageError{"--beside: two runs are told --as html or --as shiviz"};
  }
  return wish;
}

RunTrace run_of(const Selection& selection, std::size_t cell, std::uint64_t seed,
                const Wish& wish) {
  auto trace = reports::trace_run({.scenario = selection.scenario,
                                   .cell = cell,
                                   .seed = seed,
                                   .orders = wish.orders,
                                   .followed = wish.followed,
                                   .overrides = selection.overrides});
  if (trace) return std::move(*trace);
  if (wish.followed == Followed::slowest) throw UsageError{"no client of the run got an answer"};
  if (wish.followed == Followed::first_not_placed) {
    throw UsageError{"every order of the run was placed"};
  }
  throw UsageError{"the run has no order " + (wish.order.empty() ? "1" : wish.order)};
}

/// With the scenario of the run alone, as the lab opens it.
TracePageRun page_run(const Selection& selection, std::size_t cell, std::uint64_t seed,
                      const Wish& wish) {
  RunTrace trace = run_of(selection, cell, seed, wish);
  scenarios::Scenario alone = selection.scenario;
  alone.first_seed = seed;
  alone.seed_count = 1;
  return {wish.is_narrow() ? narrowed(trace) : std::move(trace),
          scenarios::write_scenario(alone, cell)};
}

bool is_number(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

/// What --beside names: another cell of the same scenario, or another file. Nothing if that cannot
/// be read.
std::optional<TracePageRun> second_run(const Arguments& arguments, const Selection& selection,
                                       const Wish& wish) {
  const std::string what = *arguments.text("beside");
  if (is_number(what)) {
    const std::uint64_t cell = *arguments.number("beside", 1, most_cell);
    if (cell > selection.scenario.cells.size()) {
      throw UsageError{"--beside: the scenario has " +
                       reports::count_of(selection.scenario.cells.size(), "cell")};
    }
    return page_run(selection, cell - 1, selection.first_seed, wish);
  }
  auto scenario = load_scenario(what);
  if (!scenario) return std::nullopt;
  Selection other;
  other.scenario = std::move(*scenario);
  return page_run(other, 0, selection.first_seed, wish);
}

void print_runs(const std::vector<TracePageRun>& runs, const Wish& wish) {
  if (wish.form == "html") return print(reports::trace_html(runs));
  const RunTrace& first = runs.front().trace;
  if (wish.form == "text") return print(reports::trace_text(first, output_style()));
  if (wish.form == "mermaid") return print(reports::trace_mermaid(first));
  if (wish.form == "perfetto") return print(reports::trace_perfetto(first));
  if (wish.form == "json") return print(reports::trace_json(first));
  std::vector<RunTrace> traces;
  for (const TracePageRun& run : runs) traces.push_back(run.trace);
  print(reports::trace_shiviz(traces));
}

ExitCode trace_file(const Arguments& arguments) {
  check_selection(arguments);
  const Wish wish = wish_of(arguments);
  if (arguments.operands.size() != 1) throw UsageError{"give one FILE"};
  auto scenario = load_scenario(arguments.operands.front());
  if (!scenario) return ExitCode::usage;
  const Selection selection = select(std::move(*scenario), arguments);
  note_other_cells(selection);
  std::vector<TracePageRun> runs;
  runs.push_back(page_run(selection, selection.cells.front(), selection.first_seed, wish));
  if (arguments.has("beside")) {
    auto second = second_run(arguments, selection, wish);
    if (!second) return ExitCode::usage;
    runs.push_back(std::move(*second));
  }
  print_runs(runs, wish);
  return ExitCode::as_expected;
}

}  // namespace

Verb trace_verb() {
  std::vector<Option> options = selection_options();
  options[0].doc = "the seed of the run (default: the scenario's first)";
  options.push_back({"cell", "K", "of a sweep, the K-th cell, from 1"});
  options.push_back({"order", "N",
                     "the order to follow: its number, several (3,7), 'slowest', "
                     "'first-not-placed' or 'all' (default: the first that violates something, and "
                     "whom it met if it takes two, or else the first). Pages, ShiViz, Perfetto and "
                     "JSON hold the whole run unless this is given"});
  options.push_back({"as",
                     "FORM",
                     "text (default); html, a page to watch the run on; mermaid, a sequence "
                     "diagram; shiviz, a log for ShiViz; perfetto, for ui.perfetto.dev; json, all "
                     "of it",
                     {forms.begin(), forms.end()}});
  options.push_back({"beside", "K|FILE",
                     "with html or shiviz: a second run at its side, of the same seed: the K-th "
                     "cell of the same scenario, or the first of another FILE"});
  return {.name = "trace",
          .operands = "FILE",
          .example = "indoubt trace first.json --seed 7 --as html > run.html",
          .summary = "one run, told",
          .details =
              "Makes one run and tells what happens to one order, step by step: who sent what\n"
              "and when it arrived, what was written and when it was on disk, what went\n"
              "wrong, and which properties hold in the end. What repeats is told once.",
          .options = std::move(options),
          .run = trace_file};
}

}  // namespace indoubt::cli
