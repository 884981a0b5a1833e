#include "cli/explore_session.hpp"

#include <memory>

#include "cli/cell_search.hpp"
#include "cli/counterexamples.hpp"
#include "cli/journal_file.hpp"
#include "cli/progress.hpp"
#include "cli/stopwatch.hpp"
#include "cli/verb.hpp"
#include "scenarios/writer.hpp"
#include "search/exhaustive/exhaustive.hpp"
#include "search/orders/orders.hpp"
#include "search/random/random.hpp"
#include "search/run/units.hpp"
#include "sim/base/mix.hpp"

namespace indoubt::cli {
namespace {

using properties::PropertySet;
using reports::ExploreResult;
using search::Counterexample;

/// Failing runs of one kind that are reduced. Random ones are mostly the same again; sets of faults
/// that were found by trying all differ.
constexpr std::uint64_t looks_at_random = 4;
constexpr std::uint64_t looks_at_sets = 100;

/// One search, cell by cell.
class Session {
 public:
  Session(Selection selection, const ExploreOptions& options, const StoreOfCell& store)
      : options_{options},
        store_{store},
        stopwatch_{options.time},
        cells_{std::move(selection.cells)},
        progress_{options.time ? Progress{*options.time}
                               : Progress{options.exhaustive ? 0 : options.runs * cells_.size()}} {
    result_ = begin_result(std::move(selection.scenario), cells_, selection.first_seed, options);
  }

  ExploreResult run() {
    if (options_.folder) check_writable_folder(*options_.folder);
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const std::size_t cell = cells_[i];
      if (stopwatch_.is_over() || is_enough(result_.findings.size())) {
        result_.exhaustive.is_complete = result_.exhaustive.is_done = false;
        result_.cells_left = cells_.size() - i;
        break;
      }
      stopwatch_.begin_part(cells_.size() - i);
      progress_.begin_cell(result_.scenario.name, result_.runs());
      explore_cell(cell);
    }
    result_.is_interrupted = stopwatch_.is_interrupted();
    result_.milliseconds = static_cast<std::uint64_t>(stopwatch_.elapsed().count());
    return std::move(result_);
  }

 private:
  /// Notes how many runs of a cell could not be judged by the properties that the search is for.
  void note_unjudged(reports::UnjudgedRuns note, PropertySet wanted, PropertySet checked) {
    bool has_any = false;
    for (const properties::PropertyDecl& doc : properties::property_decls()) {
      std::uint64_t& runs = note.unjudged[properties::index_of(doc.property)];
      if (!wanted.has(doc.property)) runs = 0;
      if (runs == 0) continue;
      has_any = true;
      if (!checked.has(doc.property)) note.blind.add(doc.property);
    }
    if (has_any) result_.unjudged.push_back(note);
  }

  void explore_cell(std::size_t cell) {
    const auto& deployment = result_.scenario.cells[cell].deployment;
    const auto simulation = search::make_simulation(deployment);
    Counterexamples found{result_.scenario, cell, simulation, options_.expected, stopwatch_.stop()};
    const PropertySet wanted = wanted_properties(result_.scenario, cell, options_);
    if (!result_.is_exhaustive) {
      explore_some(cell, simulation, wanted, found);
    } else if (options_.keeps_one_order) {
      explore_all(cell, simulation, wanted, found);
    } else {
      explore_orders(cell, wanted, found);
    }
    if (result_.is_exhaustive) result_.exhaustive.passed_over += found.passed_over();
    for (reports::ExploreFinding& finding : found.take()) add(std::move(finding));
  }

  void add(reports::ExploreFinding finding) {
    if (options_.folder) return add_finding(result_, folder_, *options_.folder, std::move(finding));
    result_.findings.push_back(std::move(finding));
  }

  void explore_some(std::size_t cell, const search::Simulation& simulation, PropertySet wanted,
                    Counterexamples& found) {
    search::RandomOptions options{.first_seed = result_.seed,
                                  .runs = options_.runs,
                                  .actions = options_.actions,
                                  .jobs = options_.jobs,
                                  .properties = wanted,
                                  .stop = &stopwatch_.stop()};
    options.on_failure = [&](const Counterexample& failure) {
      found.add(failure, looks_at_random);
      return !is_enough(result_.findings.size() + found.size());
    };
    options.progress = [&](std::uint64_t runs) { progress_.update(runs); };
    const search::RandomResult result = search::explore_randomly(simulation, options);
    if (result.runs == 0) ++result_.cells_left;
    note_unjudged({.cell = cell, .runs = result.runs, .unjudged = result.runs_unjudged}, wanted,
                  result.checked());
    result_.sights.push_back({cell, result.facts_seen(), result.actions_seen()});
    reports::RandomCoverage& sum = result_.random;
    sum.runs += result.runs;
    search::add_counts(sum.runs_with_fact, result.runs_with_fact);
    search::add_counts(sum.runs_with_action, result.runs_with_action);
    search::add_counts(sum.runs_checked, result.runs_checked);
    search::add_counts(sum.runs_violated, result.runs_violated);
    sum.digest = sim::mix(sum.digest, result.digest);
    result_.events += result.events;
    result_.distinct_digests += result.distinct_digests;
    result_.are_digests_estimated |= result.are_digests_estimated;
  }

  void explore_all(std::size_t cell, const search::Simulation& simulation, PropertySet wanted,
                   Counterexamples& found) {
    search::ExhaustiveOptions options = sets_to_try(simulation, wanted, result_.seed, options_);
    options.enough_findings = findings_left();
    options.progress = [&](const search::ExhaustiveProgress& progress) {
      progress_.update(progress);
    };
    const std::unique_ptr<JournalFile> journal = open_journal(cell);
    options.journal = store_ ? store_(cell) : journal.get();
    options.stop = &stopwatch_.stop();
    const search::ExhaustiveResult result = search::explore_exhaustively(simulation, options);
    complain_of(journal.get(), result.journal_problem);
    for (const Counterexample& counterexample : result.findings)
      found.add(counterexample, looks_at_sets);
    note_unjudged({.cell = cell, .runs = result.schedules, .unjudged = result.runs_unjudged},
                  wanted, result.checked);
    result_.sights.push_back({cell, result.facts_seen, result.actions_seen});
    reports::ExhaustiveCoverage& sum = result_.exhaustive;
    sum.is_complete = sum.is_done = sum.is_complete && result.is_complete;
    sum.injection_points += result.injection_points;
    sum.schedules += result.schedules;
    result_.events += result.events;
    result_.distinct_digests += result.distinct_digests;
    result_.are_digests_estimated |= result.are_digests_estimated;
  }

  void explore_orders(std::size_t cell, PropertySet wanted, Counterexamples& found) {
    search::OrdersOptions options = orders_to_try(wanted, result_.seed, options_);
    options.enough_findings = findings_left();
    options.progress = [&](const search::OrdersProgress& progress) { progress_.update(progress); };
    options.stop = &stopwatch_.stop();
    const std::unique_ptr<JournalFile> journal = open_journal(cell);
    options.journal = store_ ? store_(cell) : journal.get();
    search::OrdersResult result =
        search::explore_orders(result_.scenario.cells[cell].deployment, options);
    complain_of(journal.get(), result.journal_problem);
    for (const Counterexample& counterexample : result.findings)
      found.add(counterexample, looks_at_sets);
    result.findings.clear();
    result_.sights.push_back({cell, result.facts_seen, result.actions_seen});
    reports::ExhaustiveCoverage& sum = result_.exhaustive;
    sum.is_complete = sum.is_complete && result.is_complete;
    sum.is_done = sum.is_done && result.is_done;
    result_.orders.push_back({.cell = cell,
                              .most_faults = options.most_faults,
                              .most_instants = options.most_instants,
                              .result = std::move(result)});
  }

  /// How many more findings are enough. 0: there is no such number.
  std::size_t findings_left() const {
    return options_.findings == 0 ? 0 : options_.findings - result_.findings.size();
  }

  std::unique_ptr<JournalFile> open_journal(std::size_t cell) const {
    if (!options_.journal) return nullptr;
    return std::make_unique<JournalFile>(journal_path(cell), journal_subject(cell));
  }

  /// A journal that belongs to another search ends the program.
  static void complain_of(const JournalFile* journal, const std::optional<std::string>& mismatch) {
    if (mismatch) throw FileError{*mismatch};
    if (journal == nullptr) return;
    if (journal->dropped() != 0) {
      complain("indoubt explore: warning: the journal was damaged: " +
               std::to_string(journal->dropped()) + " bytes of it could not be used\n");
    }
    if (const auto problem = journal->problem())
      complain("indoubt explore: warning: " + *problem + "\n");
  }

  /// Of several cells each has a journal of its own.
  std::string journal_path(std::size_t cell) const {
    return cells_.size() == 1 ? *options_.journal
                              : *options_.journal + ".cell-" + std::to_string(cell + 1);
  }
  /// The program and what it searches, so that nothing else goes on from the journal.
  std::string journal_subject(std::size_t cell) const {
    scenarios::Scenario searched;
    searched.cells.push_back({.deployment = result_.scenario.cells[cell].deployment});
    const std::uint64_t hash = sim::hash_name(scenarios::write_scenario(searched));
    return "program indoubt " INDOUBT_VERSION " " + program_digest() + "\nscenario " +
           result_.scenario.name + "\ndeployment " + std::to_string(hash) + "\n";
  }

  bool is_enough(std::size_t findings) const {
    return options_.findings != 0 && findings >= options_.findings;
  }

  const ExploreOptions& options_;
  const StoreOfCell& store_;
  Stopwatch stopwatch_;
  std::vector<std::size_t> cells_;
  Progress progress_;
  std::optional<OutputFolder> folder_;
  ExploreResult result_;
};

}  // namespace

ExploreResult explore_selection(Selection selection, const ExploreOptions& options,
                                const StoreOfCell& store) {
  return Session{std::move(selection), options, store}.run();
}

ExitCode exit_code_of(const ExploreResult& result) {
  ExitCode code = ExitCode::as_expected;
  if (result.is_exhaustive && !result.exhaustive.is_done) code = ExitCode::inconclusive;
  if (!result.has_left_out_all()) code = ExitCode::inconclusive;
  if (result.cells_left != 0 || result.is_inconclusive()) code = ExitCode::inconclusive;
  if (!result.findings.empty()) code = ExitCode::not_as_expected;
  if (result.could_not_save) code = ExitCode::usage;
  return result.is_interrupted ? worse(code, ExitCode::interrupted) : code;
}

}  // namespace indoubt::cli
