#include <algorithm>
#include <array>

#include "search/exhaustive/exhaustive.hpp"
#include "search/shrink/fault_forms.hpp"
#include "search/shrink/rounding.hpp"
#include "search/shrink/steps.hpp"

// What taking away cannot reach: other faults than those that are there.
namespace indoubt::search {
namespace {

using kit::Deployment;
using sim::Action;
using sim::NamedFault;

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
Searched search(Reduction& reduction, const FailingCase& base, std::size_t k,
                std::uint32_t actions = sim::all_actions) {
  const Simulation simulation = make_simulation(base.deployment);
  std::optional<Deployment> found;
  ExhaustiveOptions options;
  options.most_faults = k;
  options.menu = menu_for(simulation);
  options.menu.actions &= actions;
  options.seed = base.seed;
  options.properties.add(base.property);
  // A set counts if it fails from the start as well, as part of the deployment.
  options.accepts = [&](const Counterexample& finding) {
    if (found || finding.why != base.why) return false;
    Deployment candidate = base.deployment;
    for (NamedFault& fault : name_faults(finding.extra, simulation.plan->plan())) {
      candidate.faults.push_back(std::move(fault));
    }
    if (!reduction.fails(candidate, base.seed)) return false;
    found = std::move(candidate);
    return true;
  };
  const ExhaustiveResult result = explore_exhaustively(simulation, options);
  reduction.charge(result.schedules, result.events + result.schedules * events_of_set);
  Searched searched{.schedules = result.schedules, .events = result.events};
  if (!found || !reduction.take(*found, base.seed)) return searched;
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
  const std::uint64_t events_each =
      singles.events / (2 * std::max<std::uint64_t>(1, singles.schedules));
  return pairs * (events_each + events_of_set) < reduction.events_left() / 2;
}

FailingCase with_faults(FailingCase failing, std::vector<NamedFault> faults) {
  failing.deployment.faults = std::move(faults);
  return failing;
}

/// Looks for one other fault beside each choice of `kept` of the present faults.
bool search_beside(Reduction& reduction, const FailingCase& scenario, std::size_t kept) {
  const std::vector<NamedFault> faults = reduction.deployment().faults;
  std::vector<bool> is_kept(faults.size());
  std::fill(is_kept.begin(), is_kept.begin() + static_cast<std::ptrdiff_t>(kept), true);
  do {
    if (!can_search(reduction)) return false;
    std::vector<NamedFault> part;
    for (std::size_t i = 0; i < faults.size(); ++i) {
      if (is_kept[i]) part.push_back(faults[i]);
    }
    if (search(reduction, with_faults(scenario, std::move(part)), 1).is_found) return true;
  } while (std::prev_permutation(is_kept.begin(), is_kept.end()));
  return false;
}

/// Goes on with up to `most` faults in this scenario, if such are found: any single one, some of
/// the present ones and another, or any two.
bool search_in(Reduction& reduction, const FailingCase& scenario, std::size_t most) {
  if (most == 0 || !can_search(reduction)) return false;
  const FailingCase undisturbed = with_faults(scenario, {});
  const Searched singles = search(reduction, undisturbed, 1);
  if (singles.is_found || most == 1) return singles.is_found;
  if (search_beside(reduction, scenario, most - 1)) return true;
  return can_search_pairs(reduction, singles) && search(reduction, undisturbed, 2).is_found;
}

/// Notes the instants at which something takes place.
struct InstantWatch : sim::Observer {
  std::vector<sim::TrueTime> instants{};
  void on(const sim::Observation& observation) override {
    if (instants.empty() || instants.back() != observation.time)
      instants.push_back(observation.time);
  }
};

/// Goes on with the present faults in this scenario, one of them at another instant: between any
/// two things that take place there without it. A crash may also be over at once, before anything
/// else comes.
bool search_instants(Reduction& reduction, const FailingCase& scenario) {
  for (std::size_t i = 0; i < reduction.faults(); ++i) {
    Deployment candidate = scenario.deployment;
    if (candidate.faults[i].trigger != sim::Trigger::at) continue;
    candidate.faults.erase(candidate.faults.begin() + static_cast<std::ptrdiff_t>(i));
    InstantWatch watch;
    Replay replay;
    if (replay.run(candidate, scenario.seed, true, &watch) == nullptr) continue;
    reduction.charge(replay.runs(), replay.events());
    candidate = scenario.deployment;
    for (std::size_t k = 1; k < watch.instants.size(); ++k) {
      candidate.faults[i].at = sim::TrueTime{roundest_between(
          watch.instants[k - 1].time_since_epoch(), watch.instants[k].time_since_epoch())};
      if (reduction.take(candidate, scenario.seed)) return true;
      if (!candidate.faults[i].restart_after) continue;
      candidate.faults[i].restart_after = std::chrono::milliseconds{1};
      if (reduction.take(candidate, scenario.seed)) return true;
      candidate.faults[i].restart_after = scenario.deployment.faults[i].restart_after;
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
  const FailingCase base = with_faults(reduction.failing(), std::move(rest));
  for (const Action action : better_actions(fault)) {
    if (!can_search(reduction)) return false;
    if (search(reduction, base, 1, bit(action)).is_found) return true;
  }
  return false;
}

}  // namespace

bool search_fewer_faults(Reduction& reduction) {
  return reduction.faults() > 1 &&
         search_in(reduction, reduction.failing(), reduction.faults() - 1);
}

bool search_without_chance(Reduction& reduction) {
  const bool has_several = reduction.deployment().workload.arrivals.has_value();
  FailingCase plain = reduction.failing();
  plain.seed = 1;
  for (const auto gap : {std::chrono::milliseconds{0}, std::chrono::milliseconds{20}}) {
    plain.deployment = without_variation(reduction.deployment(), gap);
    if (plain.deployment == reduction.deployment()) return false;
    if (search_in(reduction, plain, reduction.faults()) || search_instants(reduction, plain))
      return true;
    if (!has_several) break;
  }
  return false;
}

bool search_milder_faults(Reduction& reduction) {
  bool changes = false;
  for (std::size_t i = reduction.faults(); i-- > 0;) {
    changes = search_instead_of(reduction, i) || changes;
  }
  return changes;
}

}  // namespace indoubt::search
