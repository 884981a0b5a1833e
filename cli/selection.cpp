#include "cli/selection.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <thread>

#include "protocols/registry.hpp"
#include "reports/replace_protocol.hpp"

namespace indoubt::cli {
namespace {

using kit::FamilyInfo;
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
  for (const kit::Family& family : protocols::families()) {
    for (const auto& mutant : family.info.mutants) {
      const bool is_known = std::find(names.begin(), names.end(), mutant.name) != names.end();
      if (!is_known) names.push_back(mutant.name);  // families have roles of one name
    }
  }
  return names;
}

bool has_mutant(const kit::Family* family, std::string_view mutant) {
  return family != nullptr &&
         std::any_of(family->info.mutants.begin(), family->info.mutants.end(),
                     [&](const auto& declared) { return declared.name == mutant; });
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

void select_mutant(Selection& selection, const std::string& mutant) {
  bool is_used = false;
  for (const std::size_t cell : selection.cells) {
    auto& protocol = selection.scenario.cells[cell].deployment.protocol;
    // Mistakes are planted in the hardened variant; other variants run as they are.
    const bool is_hardened = protocol.variant.empty() || protocol.variant == "hardened";
    if (!is_hardened || !has_mutant(protocol.family, mutant)) continue;
    protocol.mutant = mutant;
    is_used = true;
  }
  if (!is_used) {
    throw UsageError{selection.scenario.file + ": no cell runs a protocol with the mutant '" +
                     mutant + "'"};
  }
  selection.overrides += " --mutant " + mutant;
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
       "run the protocol with this planted mistake ('indoubt list mutants')",
       {},
       mutant_names()},
  };
}

void check_selection(const Arguments& arguments) {
  arguments.number("seed", 0, most_seed);
  arguments.number("runs", 1, scenarios::most_seeds);
  if (const auto name = arguments.text("protocol")) {
    check_choice("--protocol", *name, protocol_names());
  }
  if (const auto name = arguments.text("mutant")) {
    const auto names = mutant_names();
    if (std::find(names.begin(), names.end(), *name) != names.end()) return;
    throw UsageError{"--mutant: unknown mutant '" + *name + "'" + did_you_mean(*name, names) +
                     " ('indoubt list mutants' knows them all)"};
  }
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
  if (const auto mutant = arguments.text("mutant")) select_mutant(selection, *mutant);
  return selection;
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
