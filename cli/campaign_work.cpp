#include <atomic>
#include <chrono>
#include <csignal>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "cli/campaign.hpp"
#include "cli/campaign_folder.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress.hpp"
#include "cli/shard.hpp"
#include "cli/verb.hpp"
#include "reports/words.hpp"
#include "search/run/parallel.hpp"

namespace indoubt::cli {
namespace {

using Clock = std::chrono::steady_clock;
using search::Slice;

/// What all threads of a worker share.
struct ShardWork {
  const CampaignFolder& folder;
  Selection selection;
  std::vector<std::uint64_t> units{};  ///< that are to be made
  std::optional<Clock::time_point> deadline{};
  const std::atomic<bool>& stop;

  /// Whether no unit is to be begun any more.
  bool is_over() const { return stop || (deadline && Clock::now() >= *deadline); }
};

/// What became of a unit.
struct UnitDone {
  std::uint64_t runs = 0;        ///< 0: it was not made
  bool is_inconsistent = false;  ///< a run came out otherwise when it was made a second time
  std::string problem{};         ///< why its file could not be written
};

/// What one thread needs: the world of the cell that its last unit was of.
class UnitMaker {
 public:
  explicit UnitMaker(const ShardWork& work)
      : work_{&work},
        options_{.first_seed = work.selection.first_seed,
                 .runs = work.selection.runs,
                 .stop = &work.stop} {}

  /// Makes a unit and stores it at once: waiting for those before it might lose it. Somebody else
  /// may have made it meanwhile, who was given the same share.
  UnitDone operator()(std::uint64_t place) {
    const std::uint64_t unit = work_->units[static_cast<std::size_t>(place)];
    if (work_->is_over()) return {};
    const Slice slice = work_->folder.campaign().plan.slice(unit);
    if (work_->folder.has(unit)) return {.runs = slice.runs};
    const search::UnitResult made = worker_of(slice.cell).run(slice.first_run, slice.runs);
    if (made.is_cut_short) return {};
    UnitDone done{.runs = slice.runs, .is_inconsistent = made.result.nondeterminism.has_value()};
    try {
      work_->folder.write(unit, made);
    } catch (const FileError& error) {  // it must not leave this thread
      done.problem = error.what();
    }
    return done;
  }

 private:
  search::UnitWorker& worker_of(std::size_t cell) {
    if (worker_ != nullptr && cell == cell_) return *worker_;
    const Selection& selection = work_->selection;
    worker_.reset();
    simulation_ = std::make_unique<search::Simulation>(
        search::make_simulation(selection.scenario.cells[selection.cells[cell]].deployment));
    worker_ = std::make_unique<search::UnitWorker>(*simulation_, options_);
    cell_ = cell;
    return *worker_;
  }

  const ShardWork* work_;
  search::CampaignOptions options_;
  std::size_t cell_ = 0;
  std::unique_ptr<search::Simulation> simulation_{};
  std::unique_ptr<search::UnitWorker> worker_{};
};

/// What became of all of them.
struct ShardDone {
  bool is_inconsistent = false;
  std::string problem{};
};

ShardDone make_units(const ShardWork& work, unsigned jobs) {
  std::uint64_t runs = 0;
  for (const std::uint64_t unit : work.units) runs += work.folder.campaign().plan.slice(unit).runs;
  Progress progress{runs};
  progress.begin_cell(work.selection.scenario.name, 0);
  runs = 0;
  ShardDone all;
  search::for_units_in_order(
      work.units.size(), jobs, [&] { return UnitMaker{work}; },
      [&](std::uint64_t, const UnitDone& done) {
        if (done.runs == 0) return false;
        all.is_inconsistent = all.is_inconsistent || done.is_inconsistent;
        all.problem = done.problem;
        if (!all.problem.empty()) return false;
        runs += done.runs;
        progress.update(runs);
        return true;
      },
      &work.stop);
  return all;
}

ExitCode code_of(const ShardDone& done, std::size_t left, bool is_stopped) {
  ExitCode code = left == 0 ? ExitCode::as_expected : ExitCode::inconclusive;
  const bool is_terminated = caught_interrupt() == SIGTERM;
  if (is_stopped) code = is_terminated ? ExitCode::terminated : ExitCode::interrupted;
  return done.is_inconsistent ? ExitCode::bug : code;
}

}  // namespace

ExitCode work_on_campaign(const Arguments& arguments) {
  const auto typed = arguments.text("shard");
  if (!typed) throw UsageError{"which share of the work? --shard K/N; 1/1 is all of it"};
  const search::Shard shard = read_shard(*typed);
  const unsigned jobs = jobs_of(arguments);
  std::optional<Clock::time_point> deadline;
  if (const auto budget = arguments.duration("time-budget", "50m"))
    deadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(*budget);

  const CampaignFolder folder{campaign_operand(arguments)};
  folder.make_ready();
  const std::atomic<bool>& stop = catch_interrupts();
  const ShardWork work{.folder = folder,
                       .selection = selection_of(folder.campaign()),
                       .units = folder.missing(shard),
                       .deadline = deadline,
                       .stop = stop};
  const ShardDone done = make_units(work, jobs);
  if (!done.problem.empty()) throw FileError{done.problem};
  const std::size_t left = folder.missing(shard).size();
  print("shard " + std::to_string(shard.number) + " of " + std::to_string(shard.of) + ": " +
        reports::count_of(work.units.size() - left, "unit") + " made, " + reports::grouped(left) +
        " left\n");
  if (done.is_inconsistent) {
    complain(
        "indoubt: this is a bug: a run came out otherwise when it was made a second time; "
        "'campaign merge' says which\n");
  }
  return code_of(done, left, stop);
}

}  // namespace indoubt::cli
