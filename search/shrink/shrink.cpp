#include "search/shrink/shrink.hpp"

#include "search/run/simulation.hpp"
#include "search/run/trial.hpp"
#include "search/shrink/steps.hpp"

namespace indoubt::search {
namespace {

/// The steps after which it is still the answer to what was asked.
bool reduce_within_question(Reduction& reduction) {
  bool changes = remove_faults(reduction);
  changes = reduce_event_order(reduction) || changes;
  changes = reduce_orders(reduction) || changes;
  changes = remove_faults(reduction) || changes;
  changes = restore_settings(reduction) || changes;
  changes = bind_to_facts(reduction) || changes;
  changes = simplify_faults(reduction) || changes;
  return changes;
}

/// One pass over all steps, from what saves most to what saves least.
bool reduce(Reduction& reduction) {
  if (reduction.question() != nullptr) return reduce_within_question(reduction);
  bool changes = remove_faults(reduction);
  changes = reduce_event_order(reduction) || changes;
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

/// The case without one of its faults, if it violates the property even so.
std::optional<FailingCase> still_failing_part(const FailingCase& failing) {
  for (std::size_t i = 0; i < failing.deployment.faults.size(); ++i) {
    FailingCase part = failing;
    auto& faults = part.deployment.faults;
    faults.erase(faults.begin() + static_cast<std::ptrdiff_t>(i));
    Trial trial{make_simulation(part.deployment)};
    trial.run(part.seed);
    const properties::Tally& tally = trial.judge().tally(part.property);
    if (tally.violations == 0) continue;
    part.why = tally.first.reason;
    return part;
  }
  return std::nullopt;
}

}  // namespace

std::size_t orders_of(const kit::Deployment& deployment) {
  const kit::Workload& workload = deployment.workload;
  return workload.only.empty() ? workload.orders : workload.only.size();
}

std::optional<Shrunk> shrink(const FailingCase& failing, const ShrinkOptions& options) {
  const FailingCase start = made_explicit(failing);
  Reduction reduction{start, options};
  if (!reduction.fails(start.deployment)) return std::nullopt;
  Shrunk shrunk;
  shrunk.faults_before = start.deployment.faults.size();
  shrunk.orders_before = orders_of(start.deployment);
  if (options.question == nullptr) mend_mistakes(reduction);
  reduction.ask_references();
  while (reduce(reduction) && !reduction.is_over()) reduction.ask_references();
  name_by_deed(reduction);
  remove_faults(reduction);
  const Trial& trial = reduction.rerun();
  shrunk.failing = reduction.failing();
  shrunk.reason = trial.describe(trial.judge().tally(failing.property).first);
  shrunk.digest = trial.world().digest();
  shrunk.reference_passes = reduction.reference_passes();
  shrunk.runs = reduction.runs();
  return shrunk;
}

std::optional<Shrunk> shrink_to_fewest(const FailingCase& failing, const ShrinkOptions& options) {
  std::optional<Shrunk> shrunk = shrink(failing, options);
  while (shrunk && (options.stop == nullptr || !*options.stop)) {
    const auto part = still_failing_part(shrunk->failing);
    const auto smaller = part ? shrink(*part, options) : std::nullopt;
    if (!smaller ||
        smaller->failing.deployment.faults.size() >= shrunk->failing.deployment.faults.size())
      break;
    shrunk = smaller;
  }
  return shrunk;
}

}  // namespace indoubt::search
