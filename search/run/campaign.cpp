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
      trial_.run(seed, &unit_result.result.metrics.commit_latency);
      trial_.add_to(unit_result.result);
      unit_result.digests.push_back(trial_.world().digest());
      if (options_->keep_samples) unit_result.result.samples.push_back(trial_.sample());
      if (is_rechecked(i)) recheck(seed, unit_result.result);
    }
    return unit_result;
  }

 private:
  bool is_rechecked(std::uint64_t run) const {
    return options_->recheck_every != 0 && run % options_->recheck_every == 0;
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

void add_property(PropertyResult& sum, const PropertyResult& part) {
  if (sum.violations == 0 && part.violations != 0) {
    sum.first_seed = part.first_seed;
    sum.reason = part.reason;
  }
  sum.applies = sum.applies && part.applies;
  sum.reasons |= part.reasons;
  sum.checked += part.checked;
  sum.violations += part.violations;
  sum.owed += part.owed;
  sum.unknown += part.unknown;
}

/// Adds the seeds that follow those of `sum`.
void append(CellResult& sum, const UnitResult& unit) {
  const CellResult& part = unit.result;
  sum.runs += part.runs;
  sum.events += part.events;
  for (const std::uint64_t digest : unit.digests) sum.digest = sim::mix(sum.digest, digest);
  sum.outcomes.placed += part.outcomes.placed;
  sum.outcomes.not_placed += part.outcomes.not_placed;
  sum.outcomes.unknown += part.outcomes.unknown;
  add_counts(sum.outcomes.missed, part.outcomes.missed);
  for (std::size_t i = 0; i < sum.properties.size(); ++i) {
    add_property(sum.properties[i], part.properties[i]);
  }
  CellMetrics& metrics = sum.metrics;
  metrics.messages += part.metrics.messages;
  metrics.forced_writes += part.metrics.forced_writes;
  metrics.commit_latency.merge(part.metrics.commit_latency);
  metrics.blocked += part.metrics.blocked;
  metrics.max_hold = std::max(metrics.max_hold, part.metrics.max_hold);
  metrics.longest_in_doubt = std::max(metrics.longest_in_doubt, part.metrics.longest_in_doubt);
  metrics.dirty_reads += part.metrics.dirty_reads;
  metrics.fuzzy_reads += part.metrics.fuzzy_reads;
  metrics.lost_updates += part.metrics.lost_updates;
  add_counts(sum.runs_with_fact, part.runs_with_fact);
  add_counts(sum.runs_with_action, part.runs_with_action);
  sum.runs_with_fault.resize(std::max(sum.runs_with_fault.size(), part.runs_with_fault.size()));
  add_counts(sum.runs_with_fault, part.runs_with_fault);
  add_counts(sum.runs_by_end, part.runs_by_end);
  if (sum.first_cut_short.empty()) sum.first_cut_short = part.first_cut_short;
  sum.samples.insert(sum.samples.end(), part.samples.begin(), part.samples.end());
  sum.rechecked += part.rechecked;
  if (!sum.nondeterminism) sum.nondeterminism = part.nondeterminism;
}

}  // namespace

CellResult run_campaign(const Simulation& simulation, const CampaignOptions& options) {
  CellResult sum;
  sum.first_seed = options.first_seed;
  sum.runs_with_fault.resize(simulation.plan->faults().size());
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
        if (options.progress) options.progress(sum.runs);
        return !sum.nondeterminism && !unit.is_cut_short;
      },
      options.stop);
  return sum;
}

}  // namespace indoubt::search
