#include "protocols/explore/shrink.hpp"

#include "protocols/explore/shrink/steps.hpp"

namespace indoubt::protocols {
namespace {

/// One pass over all steps, from what saves most to what saves least.
bool reduce(Reduction& reduction) {
  bool changes = remove_faults(reduction);
  changes = reduce_orders(reduction) || changes;
  changes = reduce_nodes(reduction) || changes;
  changes = remove_faults(reduction) || changes;
  changes = search_fewer_faults(reduction) || changes;
  changes = search_milder_faults(reduction) || changes;
  changes = reset_settings(reduction) || changes;
  changes = settle_delays(reduction) || changes;
  changes = search_without_chance(reduction) || changes;
  changes = bind_to_facts(reduction) || changes;
  changes = simplify_faults(reduction) || changes;
  return changes;
}

std::size_t orders_of(const business::Deployment& deployment) {
  const business::Workload& workload = deployment.workload;
  return workload.only.empty() ? workload.orders : workload.only.size();
}

}  // namespace

std::optional<Shrunk> shrink(const FailingCase& failing, const ShrinkOptions& options) {
  const FailingCase start = made_explicit(failing);
  Reduction reduction{start, options};
  if (!reduction.fails(start.deployment)) return std::nullopt;
  Shrunk shrunk;
  shrunk.faults_before = start.deployment.faults.size();
  shrunk.orders_before = orders_of(start.deployment);
  reduction.ask_reference();
  while (reduce(reduction) && !reduction.is_over()) reduction.ask_reference();
  name_by_deed(reduction);
  remove_faults(reduction);
  const Trial& trial = reduction.rerun();
  shrunk.failing = reduction.failing();
  shrunk.reason =
      properties::describe(trial.judge().tally(failing.property).first, trial.judge().setup());
  shrunk.digest = trial.world().digest();
  shrunk.reference_passes = reduction.reference_passes();
  shrunk.runs = reduction.runs();
  return shrunk;
}

}  // namespace indoubt::protocols
