#include "cli/failing_run.hpp"

#include <algorithm>

#include "cli/progress.hpp"
#include "search/run/campaign.hpp"
#include "search/run/trial.hpp"

namespace indoubt::cli {
namespace {

using properties::Property;

/// How many seeds are run before the results are looked at.
constexpr std::uint64_t seeds_at_once = 2'048;

/// Looks through the results of cells for the first violation that is wanted.
class Search {
 public:
  Search(const Selection& selection, std::optional<Property> wanted)
      : selection_{selection}, wanted_{wanted} {}

  void look_at(std::size_t cell, const search::CellResult& result) {
    for (const properties::PropertyDecl& doc : properties::property_decls()) {
      const auto& found = result[doc.property];
      if (found.violations == 0 || (wanted_ && doc.property != *wanted_)) continue;
      const bool expected = calls_for_violation(selection_.scenario, cell, doc.name);
      note(expected && !wanted_ ? second_choice_ : first_choice_, cell, *found.first_seed,
           doc.property, expected);
    }
  }
  bool is_over() const { return first_choice_.has_value(); }
  std::optional<FailingRun> found() const { return first_choice_ ? first_choice_ : second_choice_; }

 private:
  void note(std::optional<FailingRun>& best, std::size_t cell, std::uint64_t seed,
            Property property, bool expected) const {
    if (best && (best->cell != cell || best->failing.seed <= seed)) return;
    best.emplace();
    best->cell = cell;
    best->failing.deployment = selection_.scenario.cells[cell].deployment;
    best->failing.seed = seed;
    best->failing.property = property;
    best->is_expected = expected;
  }

  const Selection& selection_;
  std::optional<Property> wanted_;
  std::optional<FailingRun> first_choice_;
  std::optional<FailingRun> second_choice_;
};

void search_cell(const Selection& selection, std::size_t cell, Search& search, Progress& progress,
                 unsigned jobs, const std::atomic<bool>& stop) {
  const auto simulation = search::make_simulation(selection.scenario.cells[cell].deployment);
  for (std::uint64_t done = 0; done < selection.runs && !search.is_over() && !stop;) {
    const std::uint64_t runs = std::min(seeds_at_once, selection.runs - done);
    search.look_at(cell,
                   search::run_campaign(simulation, {.first_seed = selection.first_seed + done,
                                                     .runs = runs,
                                                     .jobs = jobs,
                                                     .recheck_every = 0,
                                                     .stop = &stop}));
    done += runs;
    progress.update(done);
  }
}

properties::Reason reason_of(const search::FailingCase& failing) {
  search::Trial trial{search::make_simulation(failing.deployment)};
  trial.run(failing.seed);
  return trial.judge().tally(failing.property).first.reason;
}

}  // namespace

std::optional<FailingRun> find_failing_run(const Selection& selection,
                                           std::optional<Property> property, unsigned jobs,
                                           const std::atomic<bool>& stop) {
  Search search{selection, property};
  Progress progress{selection.runs * selection.cells.size()};
  std::uint64_t before = 0;
  for (const std::size_t cell : selection.cells) {
    if (search.is_over() || stop) break;
    progress.begin_cell(selection.scenario.name, before);
    search_cell(selection, cell, search, progress, jobs, stop);
    before += selection.runs;
  }
  std::optional<FailingRun> found = search.found();
  if (!found || stop) return std::nullopt;
  found->failing.why = reason_of(found->failing);
  return found;
}

}  // namespace indoubt::cli
