#include "search/run/campaign.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include "search/run/parallel.hpp"
#include "search/run/trial.hpp"
#include "search/run/units.hpp"

namespace indoubt::search {
namespace {

/// The result of one unit, and the digests of its runs in seed order.
struct UnitResult {
  CellResult result{};
  std::vector<std::uint64_t> digests{};
  bool is_cut_short = false;  ///< stopped from outside: what follows has no predecessor
};

/// What one thread needs.
class Worker {
 public:
  Worker(const Simulation& simulation, const CampaignOptions& options)
      : simulation_{&simulation}, options_{&options}, trial_{simulation} {}

  UnitResult operator()(std::uint64_t unit) {
    UnitResult unit_result;
    const std::uint64_t first = unit * runs_per_unit;
    const std::uint64_t end = std::min(first + runs_per_unit, options_->runs);
    for (std::uint64_t i = first; i < end; ++i) {
      if (options_->stop != nullptr && *options_->stop) {
        unit_result.is_cut_short = true;
        break;
      }
      const std::uint64_t seed = options_->first_seed + i;
      trial_.run(seed, &unit_result.result.metrics.latencies);
      trial_.add_to(unit_result.result);
      unit_result.digests.push_back(trial_.world().digest());
      if (options_->keep_samples) keep_sample(unit_result.result);
      if (options_->keep_outcomes) keep_outcomes(unit_result.result);
      if (is_rechecked(i)) recheck(seed, unit_result.result);
    }
    return unit_result;
  }

 private:
  bool is_rechecked(std::uint64_t run) const {
    return options_->recheck_every != 0 && run % options_->recheck_every == 0;
  }

  void keep_sample(CellResult& result) const {
    result.samples.push_back(trial_.sample());
    if (!result.detail) result.detail.emplace(simulation_->arrivals_span);
    add_detail(trial_.world(), trial_.judge(), *result.detail);
  }

  void keep_outcomes(CellResult& result) const {
    const sim::World& world = trial_.world();
    result.orders_by_run.push_back(
        outcomes_of(trial_.judge().ledger(), world.plan().plan(), world.seed()));
  }

  /// Makes the run a second time, in a world that has had other runs before, and compares the
  /// digests.
  void recheck(std::uint64_t seed, CellResult& result) {
    if (!second_) second_ = std::make_unique<Trial>(*simulation_);
    ++result.rechecked;
    second_->run(seed);
    if (second_->world().digest() == trial_.world().digest() || result.nondeterminism) return;
    Trial fresh{*simulation_};
    result.nondeterminism = find_difference(*second_, fresh, seed)
                                .value_or("seed " + std::to_string(seed) +
                                          " ran differently the second time, and not the third");
  }

  const Simulation* simulation_;
  const CampaignOptions* options_;
  Trial trial_;
  std::unique_ptr<Trial> second_;
};

/// Adds the seeds that follow those of `sum`.
void append(CellResult& sum, const UnitResult& unit) {
  sum.append(unit.result);
  for (const std::uint64_t digest : unit.digests) sum.digest = fold_digest(sum.digest, digest);
}

}  // namespace

CellResult run_campaign(const Simulation& simulation, const CampaignOptions& options) {
  CellResult sum;
  sum.first_seed = options.first_seed;
  sum.faults.resize(simulation.plan->faults().size());
  const std::uint64_t units = (options.runs + runs_per_unit - 1) / runs_per_unit;
  const auto jobs =
      static_cast<unsigned>(std::clamp<std::uint64_t>(units, 1, std::max(1u, options.jobs)));
  for_units_in_order(
      units, jobs,
      [&] {
        return Worker{simulation, options};
      },
      [&](std::uint64_t, const UnitResult& unit) {
        append(sum, unit);
        // A unit that was stopped before its first run has nothing to tell.
        if (options.progress && unit.result.runs != 0) options.progress(sum.runs);
        return !sum.nondeterminism && !unit.is_cut_short;
      },
      options.stop);
  return sum;
}

}  // namespace indoubt::search
