#include "search/safeguards/attempt.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "search/exhaustive/exhaustive.hpp"
#include "search/findings/reference.hpp"
#include "search/random/random.hpp"
#include "search/run/trial.hpp"
#include "sim/base/mix.hpp"

namespace indoubt::search {
namespace {

using properties::Property;
using properties::PropertySet;

bool is_stopped(const SafeguardOptions& options) {
  return options.stop != nullptr && *options.stop;
}

/// The first failing run of each property, and how many there are.
class Violations {
 public:
  void add(const Counterexample& found, std::uint64_t runs) {
    std::optional<Attempt::Violation>& known = by_property_[properties::index_of(found.property)];
    if (!known) known = Attempt::Violation{found, 0};
    known->runs += runs;
  }
  bool has(Property property) const {
    return by_property_[properties::index_of(property)].has_value();
  }
  std::vector<Attempt::Violation> take() {
    std::vector<Attempt::Violation> all;
    for (std::optional<Attempt::Violation>& violation : by_property_) {
      if (violation) all.push_back(std::move(*violation));
    }
    return all;
  }

 private:
  std::array<std::optional<Attempt::Violation>, properties::property_count> by_property_{};
};

/// The deployment's own runs. The correct code has made the same.
Attempt attempt_plainly(const Simulation& simulation, const CorrectRuns& correct,
                        PropertySet wanted, const SafeguardOptions& options) {
  Attempt attempt;
  Violations violations;
  Trial trial{simulation};
  for (std::uint64_t i = 0; i < options.runs && !attempt.is_cut_short; ++i) {
    trial.run(options.first_seed + i);
    ++attempt.runs;
    attempt.events += trial.world().counters().events;
    attempt.digest = sim::mix(attempt.digest, trial.world().digest());
    const std::uint32_t violated =
        trial.judge().violated().bits() & wanted.bits() & ~correct.broken_in(i);
    for (const properties::PropertyDecl& decl : properties::property_decls()) {
      if ((violated >> properties::index_of(decl.property) & 1u) != 0)
        violations.add(counterexample_of(trial, decl.property), 1);
    }
    attempt.is_cut_short = is_stopped(options);
  }
  attempt.violations = violations.take();
  return attempt;
}

/// Of runs with random faults the first of each kind in a unit is compared with the correct code;
/// the others are counted as they are.
Attempt attempt_randomly(const Simulation& simulation, const CorrectRuns& correct,
                         PropertySet wanted, const SafeguardOptions& options) {
  Violations violations;
  RandomOptions random{.first_seed = options.first_seed,
                       .runs = options.runs,
                       .actions = options.actions,
                       .properties = wanted,
                       .reference = &correct.simulation(),
                       .stop = options.stop};
  random.on_failure = [&](const Counterexample& failure) {
    violations.add(failure, 0);
    return true;
  };
  const RandomResult result = explore_randomly(simulation, random);
  Attempt attempt{.runs = result.runs,
                  .events = result.events,
                  .digest = result.digest,
                  .is_cut_short = is_stopped(options),
                  .violations = violations.take()};
  for (Attempt::Violation& violation : attempt.violations)
    violation.runs = result.runs_violated[properties::index_of(violation.first.property)];
  return attempt;
}

/// Counts the shapes of violating sets, as the search gives them.
Attempt attempt_exhaustively(const Simulation& simulation, const CorrectRuns& correct,
                             PropertySet wanted, const SafeguardOptions& options) {
  ExhaustiveOptions exhaustive;
  exhaustive.most_faults = options.most_faults;
  exhaustive.menu = menu_for(simulation);
  exhaustive.menu.actions = options.actions;
  exhaustive.seed = options.first_seed;
  exhaustive.properties = wanted;
  exhaustive.enough_findings = 0;
  exhaustive.stop = options.stop;
  exhaustive.accepts = [&](const Counterexample& found) {
    sim::Schedule schedule = simulation.plan->faults();
    schedule.insert(schedule.end(), found.extra.begin(), found.extra.end());
    return !Reference{correct.simulation(), simulation}.violates(found.property, found.seed,
                                                                 schedule);
  };
  const ExhaustiveResult result = explore_exhaustively(simulation, exhaustive);
  Violations violations;
  for (const Counterexample& found : result.findings) violations.add(found, 1);
  return {.runs = result.schedules,
          .events = result.events,
          .digest = sim::mix(result.distinct_digests, result.events),
          .is_cut_short = !result.is_complete,
          .violations = violations.take()};
}

}  // namespace

CorrectRuns::CorrectRuns(const kit::Deployment& deployment, const SafeguardOptions& options)
    : simulation_{make_simulation(deployment)} {
  if (options.faults != SafeguardOptions::Faults::none) return;  // They are asked one by one.
  Trial trial{simulation_};
  for (std::uint64_t i = 0; i < options.runs && !is_stopped(options); ++i) {
    trial.run(options.first_seed + i);
    violated_.push_back(trial.judge().violated().bits());
  }
}

PropertySet CorrectRuns::broken() const {
  std::uint32_t bits = 0;
  for (const std::uint32_t violated : violated_) bits |= violated;
  return PropertySet{bits};
}

Attempt attempt(const kit::Deployment& planted, const CorrectRuns& correct, PropertySet properties,
                const SafeguardOptions& options) {
  const Simulation simulation = make_simulation(planted);
  switch (options.faults) {
    case SafeguardOptions::Faults::none:
      return attempt_plainly(simulation, correct, properties, options);
    case SafeguardOptions::Faults::random:
      return attempt_randomly(simulation, correct, properties, options);
    case SafeguardOptions::Faults::sets: break;
  }
  return attempt_exhaustively(simulation, correct, properties, options);
}

}  // namespace indoubt::search
