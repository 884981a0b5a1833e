#include "cli/selection.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>
#include <thread>

#include "cli/verb.hpp"
#include "external/consent.hpp"
#include "protocols/kit/family.hpp"
#include "protocols/kit/mistakes/together.hpp"
#include "protocols/kit/settings.hpp"
#include "protocols/registry.hpp"
#include "reports/replace_protocol.hpp"
#include "reports/words.hpp"

namespace indoubt::cli {
namespace {

using scenarios::Cell;
using scenarios::Scenario;

constexpr std::uint64_t most_seed = std::numeric_limits<std::int64_t>::max();

std::vector<std::string_view> protocol_names() {
  std::vector<std::string_view> names;
  for (const kit::Family& family : protocols::families()) names.push_back(family.info.name);
  return names;
}

std::vector<std::string_view> mutant_names() {
  std::vector<std::string_view> names;
  std::set<std::string_view> known;
  for (const kit::Family& family : protocols::families()) {
    for (const auto& mutant : family.info.mutants) {
      // Families have generic mutants of one name.
      if (known.insert(mutant.name).second) names.push_back(mutant.name);
    }
  }
  return names;
}

/// "M-F02,M-F08" as a list.
std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> names;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    names.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return names;
}

void check_mutants(const std::string& text) {
  const std::vector<std::string> asked = split(text);
  const auto known = mutant_names();
  for (const std::string& name : asked) {
    if (std::count(asked.begin(), asked.end(), name) > 1)
      throw UsageError{"--mutant: '" + name + "' is in the list twice"};
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    throw UsageError{"--mutant: unknown mutant '" + name + "'" + did_you_mean(name, known) +
                     " ('indoubt list mutants' knows them all)"};
  }
}

bool has_mutants(const kit::Family* family, const std::vector<std::string>& mutants) {
  return family != nullptr &&
         std::all_of(mutants.begin(), mutants.end(), [&](const std::string& mutant) {
           return kit::find_mutant(family->info, mutant) != nullptr;
         });
}

bool runs(const Scenario& scenario, std::size_t cell, std::string_view protocol) {
  return scenario.cells[cell].deployment.protocol.name() == protocol;
}

/// Whether the scenario itself runs several families, or says which by a variable.
bool sweeps_protocols(const Scenario& scenario) {
  const Cell& first = scenario.cells.front();
  return std::any_of(scenario.cells.begin(), scenario.cells.end(), [&](const Cell& cell) {
    const bool has_variable = std::any_of(cell.vars.begin(), cell.vars.end(),
                                          [](const auto& var) { return var.first == "protocol"; });
    return has_variable || cell.deployment.protocol.family != first.deployment.protocol.family;
  });
}

/// Of cells that have come to the same deployment the first is left.
void leave_out_repeated(Selection& selection) {
  std::vector<std::size_t> kept;
  for (const std::size_t cell : selection.cells) {
    const auto& cells = selection.scenario.cells;
    const bool is_new = std::none_of(kept.begin(), kept.end(), [&](std::size_t earlier) {
      return cells[earlier].deployment == cells[cell].deployment;
    });
    if (is_new) kept.push_back(cell);
  }
  selection.cells = std::move(kept);
}

/// The cells of this protocol; if there are none, all cells with it in place of theirs.
void select_protocol(Selection& selection, const std::string& protocol) {
  const Scenario& scenario = selection.scenario;
  const bool has_cells =
      std::any_of(selection.cells.begin(), selection.cells.end(),
                  [&](std::size_t cell) { return runs(scenario, cell, protocol); });
  if (sweeps_protocols(scenario) && has_cells) {
    std::erase_if(selection.cells,
                  [&](std::size_t cell) { return !runs(scenario, cell, protocol); });
    return;
  }
  reports::replace_protocol(selection.scenario, *protocols::find_family(protocol));
  leave_out_repeated(selection);
  selection.overrides += " --protocol " + protocol;
}

/// "python3 node.py", "node node.js": each once.
std::string commands_of(const Selection& selection) {
  std::set<std::string> known;
  for (const std::size_t cell : selection.cells) {
    const kit::ExternalPrograms& external =
        selection.scenario.cells[cell].deployment.protocol.external;
    for (const auto* command : {&external.command, &external.service_command}) {
      std::string words;
      for (const std::string& word : *command) words += (words.empty() ? "" : " ") + word;
      if (!words.empty()) known.insert("'" + words + "'");
    }
  }
  std::string text;
  for (const std::string& command : known) text += (text.empty() ? "" : ", ") + command;
  return text;
}

/// Scenarios come from anywhere, and whoever runs one does not expect that it runs a program.
void check_consent(Selection& selection, const Arguments& arguments) {
  std::string_view consent;
  const std::string& file = selection.scenario.file;
  for (const std::size_t cell : selection.cells) {
    const kit::Deployment& deployment = selection.scenario.cells[cell].deployment;
    const std::string_view needed = reports::consent_for(deployment);
    if (!needed.empty() && deployment.protocol.external.command.empty())
      throw UsageError{file + ": it names no program for the protocol 'external'"};
    if (!needed.empty()) consent = needed;
  }
  if (consent.empty()) return;
  if (!arguments.has("allow-external"))
    throw UsageError{file + ": it starts programs, which can do whatever you can: " +
                     commands_of(selection) + "; if you trust them, add" + std::string{consent}};
  external::allow_programs();
  selection.overrides += consent;
}

/// A mistake that is made in what none of the cells has is most likely asked for by mistake.
void warn_of_inert_mutants(const Selection& selection) {
  std::vector<const kit::ProtocolChoice*> choices;
  for (const std::size_t cell : selection.cells)
    choices.push_back(&selection.scenario.cells[cell].deployment.protocol);
  for (const kit::InertMutant& inert : kit::inert_in_all(choices))
    complain("--mutant: warning: " + kit::note_on(inert) + "\n");
}

void select_mutants(Selection& selection, const std::string& text) {
  const std::vector<std::string> mutants = split(text);
  bool is_used = false;
  for (const std::size_t cell : selection.cells) {
    auto& protocol = selection.scenario.cells[cell].deployment.protocol;
    // Mistakes are planted in the hardened variant; other variants run as they are.
    if (!protocol.is_hardened() || !has_mutants(protocol.family, mutants)) continue;
    protocol.mutants = mutants;
    kit::put_in_order(protocol);
    const std::string why = kit::why_not_together(protocol);
    if (!why.empty()) throw UsageError{"--mutant: " + why};
    for (const kit::InertMutant& inert : kit::inert_mutants(protocol))
      selection.scenario.cells[cell].notes.push_back(kit::note_on(inert));
    is_used = true;
  }
  if (!is_used) {
    throw UsageError{selection.scenario.file + ": no cell runs a protocol with the " +
                     (mutants.size() == 1 ? "mutant" : "mutants") + " '" + text + "'"};
  }
  warn_of_inert_mutants(selection);
  selection.overrides += " --mutant " + text;
}

void select_seeds(Selection& selection, const Arguments& arguments) {
  const auto seed = arguments.number("seed", 0, most_seed);
  const auto runs = arguments.number("runs", 1, scenarios::most_seeds);
  selection.first_seed = seed.value_or(selection.scenario.first_seed);
  selection.runs = runs.value_or(seed ? 1 : selection.scenario.seed_count);
  if (selection.runs - 1 > most_seed - selection.first_seed) {
    throw UsageError{"--seed and --runs: the last seed is beyond " + std::to_string(most_seed)};
  }
}

}  // namespace

std::vector<Option> selection_options() {
  return {
      {"seed", "N", "the first seed; one run of each cell, unless --runs says otherwise"},
      {"protocol",
       "P",
       "only the cells with this protocol; a scenario that has none runs it in "
       "place of its own",
       {},
       protocol_names()},
      {"mutant",
       "M",
       "run the protocol with this planted mistake, or with several, as M-F02,M-F08 "
       "('indoubt list mutants')",
       {},
       mutant_names()},
      {"allow-external", "",
       "let the scenario start the programs that it names as external nodes: they can do "
       "whatever you can"},
  };
}

void check_selection(const Arguments& arguments) {
  arguments.number("seed", 0, most_seed);
  arguments.number("runs", 1, scenarios::most_seeds);
  if (const auto name = arguments.text("protocol")) {
    check_choice("--protocol", *name, protocol_names());
  }
  if (const auto text = arguments.text("mutant")) check_mutants(*text);
}

Selection select(Scenario scenario, const Arguments& arguments) {
  Selection selection{.scenario = std::move(scenario), .cells = {}, .overrides = {}};
  selection.cells.resize(selection.scenario.cells.size());
  std::iota(selection.cells.begin(), selection.cells.end(), std::size_t{0});
  select_seeds(selection, arguments);
  if (const auto cell = arguments.number("cell", 1, selection.cells.size())) {
    selection.cells = {static_cast<std::size_t>(*cell) - 1};
  }
  if (const auto protocol = arguments.text("protocol")) select_protocol(selection, *protocol);
  if (const auto mutant = arguments.text("mutant")) select_mutants(selection, *mutant);
  check_consent(selection, arguments);
  return selection;
}

bool runs_programs(const Scenario& scenario) {
  return std::any_of(scenario.cells.begin(), scenario.cells.end(), [](const Cell& cell) {
    return !reports::consent_for(cell.deployment).empty();
  });
}

bool runs_programs(const Selection& selection) {
  return std::any_of(selection.cells.begin(), selection.cells.end(), [&](std::size_t cell) {
    return !reports::consent_for(selection.scenario.cells[cell].deployment).empty();
  });
}

unsigned jobs_of(const Arguments& arguments) {
  const auto cores = std::max(1u, std::thread::hardware_concurrency());
  return static_cast<unsigned>(arguments.number("jobs", 1, 1024).value_or(cores));
}

bool calls_for_violation(const Scenario& scenario, std::size_t cell, std::string_view property) {
  const auto calls_for_it = [&](const scenarios::Expectation& expected) {
    return expected.kind == scenarios::Expectation::Kind::property && expected.id == property &&
           expected.verdict == scenarios::Verdict::violated &&
           std::find(expected.cells.begin(), expected.cells.end(), cell) != expected.cells.end();
  };
  return std::any_of(scenario.expectations.begin(), scenario.expectations.end(), calls_for_it);
}

}  // namespace indoubt::cli
