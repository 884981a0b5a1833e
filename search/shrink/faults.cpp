#include <algorithm>
#include <set>

#include "search/shrink/delta_debugging.hpp"
#include "search/shrink/fault_forms.hpp"
#include "search/shrink/steps.hpp"

// Fewer and simpler faults.
namespace indoubt::search {
namespace {

using kit::Deployment;
using sim::NamedFault;
using Faults = std::vector<NamedFault>;

/// The faults that took place.
Faults fired_faults(Reduction& reduction) {
  const sim::World& world = reduction.rerun().world();
  Faults fired;
  for (std::size_t i = 0; i < reduction.faults(); ++i) {
    if (world.fault_fired(i)) fired.push_back(reduction.deployment().faults[i]);
  }
  return fired;
}

bool simplify_fault(Reduction& reduction, std::size_t position) {
  bool changes = false;
  for (bool is_simpler = true; is_simpler;) {
    is_simpler = false;
    const sim::Action kind = reduction.deployment().faults[position].action;
    for (NamedFault& form : simpler_forms(reduction.deployment().faults[position])) {
      if (reduction.question() != nullptr && form.action != kind) continue;
      Deployment candidate = reduction.deployment();
      candidate.faults[position] = std::move(form);
      is_simpler = reduction.take(candidate);
      if (is_simpler) break;
    }
    changes = changes || is_simpler;
  }
  return changes;
}

}  // namespace

bool remove_faults(Reduction& reduction) {
  const std::size_t before = reduction.faults();
  if (before == 0) return false;
  Deployment candidate = reduction.deployment();
  candidate.faults = fired_faults(reduction);
  reduction.take(candidate);
  const auto still_fails = [&](const Faults& part) {
    candidate.faults = part;
    return reduction.fails(candidate);
  };
  Faults part = reduction.deployment().faults;
  part = delta_debug(std::move(part),
                     [&](const Faults& rest) { return !reduction.is_over() && still_fails(rest); });
  reduction.set_faults(leave_out_single(std::move(part), still_fails));
  return reduction.faults() < before;
}

bool simplify_faults(Reduction& reduction) {
  bool changes = false;
  for (std::size_t i = 0; i < reduction.faults(); ++i) {
    changes = simplify_fault(reduction, i) || changes;
  }
  return changes;
}

void name_by_deed(Reduction& reduction) {
  Deployment candidate = reduction.deployment();
  std::set<std::string> used;
  for (NamedFault& fault : candidate.faults) {
    const std::string deed{sim::name_of(fault.action)};
    fault.id = deed;
    for (int i = 2; !used.insert(fault.id).second; ++i) fault.id = deed + "-" + std::to_string(i);
  }
  if (reduction.fails(candidate)) reduction.set_faults(std::move(candidate.faults));
}

}  // namespace indoubt::search
