#include "search/findings/counterexample.hpp"

#include "search/run/trial.hpp"

namespace indoubt::search {

Counterexample counterexample_of(const Trial& trial, properties::Property property) {
  const properties::Finding& first = trial.judge().tally(property).first;
  Counterexample found;
  found.property = property;
  found.why = first.reason;
  found.reason = trial.describe(first);
  found.node = first.node;
  found.other = first.other;
  found.seed = trial.world().seed();
  found.digest = trial.world().digest();
  const std::size_t own = trial.world().plan().faults().size();
  for (std::size_t i = own; i < trial.world().fault_count(); ++i) {
    if (trial.world().fault_fired(i)) found.extra.push_back(trial.world().fault(i));
  }
  return found;
}

}  // namespace indoubt::search
