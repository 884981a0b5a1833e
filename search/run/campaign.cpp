#include "search/run/campaign.hpp"

#include <algorithm>

#include "search/run/parallel.hpp"
#include "search/run/unit_worker.hpp"
#include "search/run/units.hpp"

namespace indoubt::search {

CellResult run_campaign(const Simulation& simulation, const CampaignOptions& options) {
  CellResult sum;
  sum.first_seed = options.first_seed;
  sum.faults.resize(simulation.plan->faults().size());
  const std::uint64_t units = (options.runs + runs_per_unit - 1) / runs_per_unit;
  const auto jobs =
      static_cast<unsigned>(std::clamp<std::uint64_t>(units, 1, std::max(1u, options.jobs)));
  const auto make_worker = [&] {
    return [&options, worker = UnitWorker{simulation, options}](std::uint64_t unit) mutable {
      const std::uint64_t first = unit * runs_per_unit;
      return worker.run(first, std::min(runs_per_unit, options.runs - first));
    };
  };
  for_units_in_order(
      units, jobs, make_worker,
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
