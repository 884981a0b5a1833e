#include "cli/safeguards_session.hpp"

#include <algorithm>
#include <utility>

#include "cli/counterexamples.hpp"
#include "cli/progress.hpp"
#include "cli/stopwatch.hpp"
#include "cli/verb.hpp"
#include "search/safeguards/safeguards.hpp"
#include "sim/base/mix.hpp"

namespace indoubt::cli {
namespace {

using reports::ExploreResult;
using search::MissingSafeguards;
using search::SafeguardOptions;

constexpr std::size_t most_missing = 3;

properties::PropertySet wanted_properties(const ExploreOptions& options) {
  properties::PropertySet wanted;
  for (const properties::PropertyDecl& doc : properties::property_decls()) {
    if (!options.property || doc.property == *options.property) wanted.add(doc.property);
  }
  return wanted;
}

/// One search, cell by cell.
class Session {
 public:
  Session(Selection selection, const ExploreOptions& options)
      : options_{options},
        stopwatch_{options.time},
        runs_{selection.runs},
        cells_{correct_cells(selection)},
        progress_{sets_in(selection.scenario, cells_), "sets"} {
    result_ = begin_result(std::move(selection.scenario), cells_, selection.first_seed, options);
    result_.most_missing = most_missing;
  }

  ExploreResult run() {
    check_writable_folder(*options_.folder);
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (stopwatch_.is_over()) {
        result_.cells_left = cells_.size() - i;
        break;
      }
      stopwatch_.begin_part(cells_.size() - i);
      progress_.begin_cell(result_.scenario.name, sets_done_);
      search_cell(cells_[i]);
    }
    result_.is_interrupted = stopwatch_.is_interrupted();
    result_.milliseconds = static_cast<std::uint64_t>(stopwatch_.elapsed().count());
    return std::move(result_);
  }

 private:
  static std::vector<std::size_t> correct_cells(const Selection& selection) {
    std::vector<std::size_t> cells = selection.cells;
    std::erase_if(cells, [&](std::size_t cell) {
      const auto& protocol = selection.scenario.cells[cell].deployment.protocol;
      return !protocol.is_hardened() || !protocol.is_correct();
    });
    if (cells.empty()) {
      throw UsageError{selection.scenario.file +
                       ": no cell runs correct code, of which safeguards could be left out"};
    }
    return cells;
  }

  static std::uint64_t sets_in(const scenarios::Scenario& scenario,
                               const std::vector<std::size_t>& cells) {
    std::uint64_t sets = 0;
    for (const std::size_t cell : cells) {
      const kit::ProtocolChoice& protocol = scenario.cells[cell].deployment.protocol;
      sets += search::sets_of_safeguards(search::safeguards_of(protocol).size(), most_missing);
    }
    return sets;
  }

  SafeguardOptions search_options() {
    SafeguardOptions options;
    options.first_seed = result_.seed;
    options.runs = runs_;
    options.most_missing = most_missing;
    options.properties = wanted_properties(options_);
    options.actions = options_.actions;
    options.most_faults = result_.exhaustive.most_faults;
    if (options_.actions != 0) options.faults = SafeguardOptions::Faults::random;
    if (result_.is_exhaustive) options.faults = SafeguardOptions::Faults::sets;
    options.jobs = options_.jobs;
    options.progress = [this](std::uint64_t sets) { progress_.update(sets); };
    options.stop = &stopwatch_.stop();
    return options;
  }

  void search_cell(std::size_t cell) {
    const auto& deployment = result_.scenario.cells[cell].deployment;
    const search::SafeguardResult found =
        search::find_missing_safeguards(deployment, search_options());
    sets_done_ += found.sets + found.impossible;
    result_.safeguards.push_back({.cell = cell,
                                  .safeguards = found.safeguards,
                                  .sets = found.sets,
                                  .impossible = found.impossible,
                                  .is_complete = found.is_complete,
                                  .broken_anyway = found.broken_anyway});
    if (!found.is_complete) result_.exhaustive.is_complete = result_.exhaustive.is_done = false;
    (result_.is_exhaustive ? result_.exhaustive.schedules : result_.random.runs) += found.runs;
    result_.random.digest = sim::mix(result_.random.digest, found.digest);
    result_.events += found.events;
    for (const MissingSafeguards& missing : found.findings) keep(cell, missing);
  }

  /// Reduces the first failing run, as a scenario with the mistakes in it, and saves that.
  void keep(std::size_t cell, const MissingSafeguards& missing) {
    scenarios::Scenario planted;
    planted.name = result_.scenario.name;
    planted.tags = result_.scenario.tags;
    planted.cells.push_back(result_.scenario.cells[cell]);
    planted.cells.front().deployment.protocol.mutants = missing.mutants;
    const auto simulation = search::make_simulation(planted.cells.front().deployment);
    Counterexamples reduced{planted, 0, simulation, options_.expected, stopwatch_.stop()};
    reduced.add(missing.first, 1);
    for (reports::ExploreFinding& finding : reduced.take()) {
      finding.cell = cell;
      finding.missing = missing.mutants;
      finding.violated = missing.violated;
      finding.runs = missing.runs;
      add_finding(result_, folder_, *options_.folder, std::move(finding));
    }
  }

  const ExploreOptions& options_;
  Stopwatch stopwatch_;
  std::uint64_t runs_;
  std::vector<std::size_t> cells_;
  Progress progress_;
  std::uint64_t sets_done_ = 0;
  std::optional<OutputFolder> folder_;
  ExploreResult result_;
};

}  // namespace

ExploreResult leave_out_safeguards(Selection selection, const ExploreOptions& options) {
  return Session{std::move(selection), options}.run();
}

}  // namespace indoubt::cli
