#include <atomic>
#include <csignal>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "cli/campaign.hpp"
#include "cli/campaign_kind.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress.hpp"
#include "cli/shard.hpp"
#include "cli/stopwatch.hpp"
#include "cli/verb.hpp"
#include "reports/words.hpp"
#include "search/run/parallel.hpp"

namespace indoubt::cli {
namespace {

/// What all threads of a worker share.
struct ShardWork {
  const CampaignFolder& folder;
  const CampaignKind& kind;
  std::vector<std::uint64_t> units{};  ///< that are to be made
  const std::atomic<bool>& stop;       ///< no unit is begun any more, and none is ended
};

/// What became of a unit.
struct UnitDone {
  std::uint64_t size = 0;        ///< as its kind has it; 0: it was not made
  bool is_inconsistent = false;  ///< a run came out otherwise when it was made a second time
  std::string problem{};         ///< why it could not be made, or its file not written
};

/// What one thread needs.
class UnitStorer {
 public:
  explicit UnitStorer(const ShardWork& work) : work_{&work}, maker_{work.kind.maker(work.stop)} {}

  UnitDone operator()(std::uint64_t place) {
    try {
      return make(work_->units[static_cast<std::size_t>(place)]);
    } catch (const FileError& error) {  // it must not leave this thread
      return {.problem = error.what()};
    }
  }

 private:
  /// Makes a unit and stores it at once: waiting for those before it might lose it. Somebody else
  /// may have made it meanwhile, who was given the same share.
  UnitDone make(std::uint64_t unit) {
    if (work_->stop) return {};
    UnitDone done{.size = work_->kind.size_of(unit)};
    if (work_->folder.has(unit)) return done;
    const auto made = maker_->make(unit);
    if (!made) return {};
    work_->folder.write(unit, made->text);
    done.is_inconsistent = made->is_inconsistent;
    return done;
  }

  const ShardWork* work_;
  std::unique_ptr<UnitMaker> maker_;
};

/// What became of all of them.
struct ShardDone {
  bool is_inconsistent = false;
  std::string problem{};
};

ShardDone make_units(const ShardWork& work, unsigned jobs) {
  std::uint64_t size = 0;
  for (const std::uint64_t unit : work.units) size += work.kind.size_of(unit);
  Progress progress{size, work.kind.measure()};
  progress.begin_cell(work.folder.path(), 0);
  size = 0;
  ShardDone all;
  search::for_units_in_order(
      work.units.size(), jobs, [&] { return UnitStorer{work}; },
      [&](std::uint64_t, const UnitDone& done) {
        all.problem = done.problem;
        if (done.size == 0) return false;
        all.is_inconsistent = all.is_inconsistent || done.is_inconsistent;
        size += done.size;
        progress.update(size);
        return true;
      },
      &work.stop);
  return all;
}

ExitCode code_of(const ShardDone& done, std::size_t left, bool is_interrupted) {
  ExitCode code = left == 0 ? ExitCode::as_expected : ExitCode::inconclusive;
  const bool is_terminated = caught_interrupt() == SIGTERM;
  if (is_interrupted) code = is_terminated ? ExitCode::terminated : ExitCode::interrupted;
  return done.is_inconsistent ? ExitCode::bug : code;
}

}  // namespace

ExitCode work_on_campaign(const Arguments& arguments) {
  const auto typed = arguments.text("shard");
  if (!typed) throw UsageError{"which share of the work? --shard K/N; 1/1 is all of it"};
  const search::Shard shard = read_shard(*typed);
  const unsigned jobs = jobs_of(arguments);
  Stopwatch stopwatch{arguments.duration("time-budget", "50m")};

  const CampaignFolder folder{campaign_operand(arguments)};
  folder.make_ready();
  const std::unique_ptr<CampaignKind> kind = kind_of(folder);
  const ShardWork work{
      .folder = folder, .kind = *kind, .units = folder.missing(shard), .stop = stopwatch.stop()};
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
  return code_of(done, left, stopwatch.is_interrupted());
}

}  // namespace indoubt::cli
