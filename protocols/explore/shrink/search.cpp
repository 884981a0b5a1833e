#include <algorithm>
#include <array>

#include "protocols/explore/exhaustive.hpp"
#include "protocols/explore/shrink/fault_forms.hpp"
#include "protocols/explore/shrink/steps.hpp"

// What taking away cannot reach: other faults than those that are there.
namespace indoubt::protocols {
namespace {

using business::Deployment;
using sim::Action;
using sim::NamedFault;

constexpr std::uint32_t all_actions = (1u << 9) - 1;
/// What a set of a search costs besides its events: copies of a world and its judge.
constexpr std::uint64_t events_of_set = 40;

std::uint32_t bit(Action action) { return 1u << static_cast<unsigned>(action); }

/// What one search came to.
struct Searched {
  bool is_found = false;
  std::uint64_t schedules = 0;
  std::uint64_t events = 0;
};

/// Tries sets of up to `k` faults on top of those of `base`, and goes on with the first that fails.
Searched search(Reduction& reduction, const Deployment& base, std::size_t k,
                std::uint32_t actions = all_actions) {
  const Simulation simulation = make_simulation(base);
  std::optional<Deployment> found;
  ExhaustiveOptions options;
  options.most_faults = k;
  options.menu = {.actions = actions, .longest_timeout = simulation.traits.longest_timeout};
  options.seed = reduction.seed();
  options.properties.add(reduction.failing().property);
  // A set counts if it fails from the start as well, as part of the deployment.
  options.accepts = [&](const Counterexample& finding) {
    if (found || finding.why != reduction.failing().why) return false;
    Deployment candidate = base;
    for (NamedFault& fault : name_faults(finding.extra, simulation.plan->plan())) {
      candidate.faults.push_back(std::move(fault));
    }
    if (!reduction.fails(candidate)) return false;
    found = std::move(candidate);
    return true;
  };
  const ExhaustiveResult result = explore_exhaustively(simulation, options);
  reduction.charge(result.schedules, result.events + result.schedules * events_of_set);
  Searched searched{.schedules = result.schedules, .events = result.events};
  if (!found || !reduction.take(*found)) return searched;
  searched.is_found = true;
  reduction.take(made_explicit(reduction.failing()).deployment);  // names the places
  return searched;
}

/// Whether a search for single faults is likely to leave most of the budget. A run of n events has
/// some 2n points, with some five ways each, and a set is half a run.
bool can_search(Reduction& reduction) {
  const std::uint64_t events = reduction.rerun().world().counters().events;
  return events * 10 * (events / 2 + events_of_set) < reduction.events_left() / 4;
}

/// Whether pairs can be searched, from what single faults have cost.
bool can_search_pairs(const Reduction& reduction, const Searched& singles) {
  const std::uint64_t pairs = singles.schedules * singles.schedules / 2;
  const std::uint64_t events_each = singles.events / (2 * std::max<std::uint64_t>(1, singles.schedules));
  return pairs * (events_each + events_of_set) < reduction.events_left() / 2;
}

Deployment with_faults(Deployment deployment, std::vector<NamedFault> faults) {
  deployment.faults = std::move(faults);
  return deployment;
}

/// One other fault in the place of each two.
bool search_instead_of_pairs(Reduction& reduction) {
  const std::vector<NamedFault> faults = reduction.deployment().faults;
  for (std::size_t i = 0; i < faults.size(); ++i) {
    for (std::size_t k = i + 1; k < faults.size(); ++k) {
      if (!can_search(reduction)) return false;
      std::vector<NamedFault> rest = faults;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(k));
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
      if (search(reduction, with_faults(reduction.deployment(), rest), 1).is_found) return true;
    }
  }
  return false;
}

/// Kinds of fault that would be better than this one, the mildest first.
std::vector<Action> better_actions(const NamedFault& fault) {
  constexpr std::array menu{Action::drop,  Action::duplicate, Action::delay, Action::pause,
                            Action::crash, Action::partition, Action::clock};
  const bool is_bound_to_instant = fault.trigger == sim::Trigger::at;
  std::vector<Action> better;
  for (const Action action : menu) {
    const int gain = severity(fault.action) - severity(action);
    if (gain > 0 || (gain == 0 && is_bound_to_instant)) better.push_back(action);
  }
  return better;
}

bool search_instead_of(Reduction& reduction, std::size_t position) {
  std::vector<NamedFault> rest = reduction.deployment().faults;
  const NamedFault fault = rest[position];
  rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(position));
  const Deployment base = with_faults(reduction.deployment(), std::move(rest));
  for (const Action action : better_actions(fault)) {
    if (!can_search(reduction)) return false;
    if (search(reduction, base, 1, bit(action)).is_found) return true;
  }
  return false;
}

}  // namespace

bool search_fewer_faults(Reduction& reduction) {
  if (reduction.faults() < 2 || !can_search(reduction)) return false;
  const Deployment base = with_faults(reduction.deployment(), {});
  const Searched singles = search(reduction, base, 1);
  if (singles.is_found) return true;
  if (reduction.faults() < 3) return false;
  if (search_instead_of_pairs(reduction)) return true;
  return can_search_pairs(reduction, singles) && search(reduction, base, 2).is_found;
}

bool search_milder_faults(Reduction& reduction) {
  bool changes = false;
  for (std::size_t i = reduction.faults(); i-- > 0;) {
    changes = search_instead_of(reduction, i) || changes;
  }
  return changes;
}

}  // namespace indoubt::protocols
