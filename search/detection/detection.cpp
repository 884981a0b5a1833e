#include "search/detection/detection.hpp"

#include <algorithm>
#include <vector>

#include "search/exhaustive/exhaustive.hpp"
#include "search/findings/reference.hpp"
#include "search/random/random.hpp"
#include "search/run/parallel.hpp"
#include "search/run/simulation.hpp"

namespace indoubt::search {
namespace {

using properties::PropertySet;

/// The first seeds of two searches differ by this much.
constexpr std::uint64_t seeds_apart = 1'000'000'000;

/// One random search, to its first catch.
struct Attempt {
  bool is_found = false;
  std::uint64_t runs = 0;
  std::uint64_t microseconds = 0;
  properties::Property property{};
  bool operator<(const Attempt& other) const {
    if (is_found != other.is_found) return is_found;
    return runs < other.runs;
  }
};

Attempt attempt(const Simulation& mutant, const Simulation& correct, std::uint64_t first_seed,
                const DetectionOptions& options) {
  Attempt attempt;
  RandomOptions random{.first_seed = first_seed,
                       .runs = options.most_runs,
                       .most_events = options.most_events,
                       .properties = options.properties,
                       .reference = &correct,
                       .stop = options.stop};
  random.on_failure = [&](const Counterexample& failure) {
    const std::uint64_t runs = failure.seed - first_seed + 1;
    if (!attempt.is_found || runs < attempt.runs) {
      attempt = {.is_found = true, .runs = runs, .microseconds = 0, .property = failure.property};
    }
    return false;
  };
  const std::uint64_t start = options.microseconds();
  const RandomResult result = explore_randomly(mutant, random);
  const std::uint64_t microseconds = options.microseconds() - start;
  // A search ends with a whole unit of runs; those after the catch are not counted.
  if (attempt.is_found)
    attempt.microseconds = microseconds * attempt.runs / std::max<std::uint64_t>(result.runs, 1);
  return attempt;
}

RandomDetection detect_randomly(const Simulation& mutant, const Simulation& correct,
                                const DetectionOptions& options) {
  std::vector<Attempt> attempts(options.searches);
  RandomDetection found;
  for_units_in_order(
      options.searches, options.jobs,
      [&] {
        return [&](std::uint64_t i) {
          return attempt(mutant, correct, options.first_seed + i * seeds_apart, options);
        };
      },
      [&](std::uint64_t i, const Attempt& one) {
        attempts[static_cast<std::size_t>(i)] = one;
        ++found.searches;
        found.successes += one.is_found ? 1 : 0;
        if (one.is_found && !found.property) found.property = one.property;
        return true;
      });
  std::sort(attempts.begin(), attempts.end());
  // The lower median, because that is a value which was measured.
  const Attempt& median = attempts[(attempts.size() - 1) / 2];
  if (!median.is_found) return found;
  found.runs = median.runs;
  found.microseconds = median.microseconds;
  return found;
}

/// Whether the correct code violates the property on the same seed and faults. The reference is
/// made anew for each question: questions are few, and come from several threads.
bool is_violated_by(const Simulation& correct, const Simulation& mutant,
                    const Counterexample& found) {
  sim::Schedule schedule = mutant.plan->faults();
  schedule.insert(schedule.end(), found.extra.begin(), found.extra.end());
  return Reference{correct, mutant}.violates(found.property, found.seed, schedule);
}

ExhaustiveOptions exhaustive_options(const Simulation& simulation,
                                     const DetectionOptions& options) {
  ExhaustiveOptions exhaustive;
  exhaustive.most_faults = options.most_faults;
  exhaustive.menu = menu_for(simulation);
  exhaustive.seed = options.first_seed;
  exhaustive.jobs = options.jobs;
  exhaustive.properties = options.properties;
  exhaustive.enough_findings = 1;
  exhaustive.most_events = options.most_events;
  exhaustive.stop = options.stop;
  return exhaustive;
}

ExhaustiveDetection detect_exhaustively(const Simulation& mutant, const Simulation& correct,
                                        const DetectionOptions& options) {
  ExhaustiveOptions exhaustive = exhaustive_options(mutant, options);
  exhaustive.accepts = [&](const Counterexample& found) {
    return !is_violated_by(correct, mutant, found);
  };
  const ExhaustiveResult result = explore_exhaustively(mutant, exhaustive);
  ExhaustiveDetection detection{.is_found = !result.findings.empty(),
                                .is_complete = result.is_complete,
                                .schedules = result.schedules};
  if (!detection.is_found) return detection;
  detection.faults = result.findings.front().extra.size();
  detection.property = result.findings.front().property;
  return detection;
}

/// Runs whose digests are compared, besides those of the exhaustive search.
constexpr std::uint64_t compared_runs = 20'000;

/// Whether mutant and correct code do the same in all schedules of the exhaustive search, as far as
/// its figures tell, and in many random ones.
bool do_the_same(const Simulation& mutant, const Simulation& correct,
                 const DetectionOptions& options) {
  RandomOptions random{.first_seed = options.first_seed,
                       .runs = compared_runs,
                       .most_events = options.most_events,
                       .jobs = options.jobs,
                       .stop = options.stop};
  if (explore_randomly(mutant, random).digest != explore_randomly(correct, random).digest)
    return false;
  ExhaustiveOptions exhaustive = exhaustive_options(correct, options);
  exhaustive.properties = {};
  ExhaustiveResult of_mutant = explore_exhaustively(mutant, exhaustive);
  ExhaustiveResult of_correct = explore_exhaustively(correct, exhaustive);
  // That a role's code may fail is judged of mistakes and not of what is shipped.
  of_mutant.checked = of_correct.checked = {};
  return of_mutant == of_correct;
}

}  // namespace

PropertySet kept_properties(const kit::Deployment& deployment, const DetectionOptions& options) {
  const Simulation simulation = make_simulation(deployment);
  PropertySet all;
  for (const properties::PropertyDecl& doc : properties::property_decls()) all.add(doc.property);
  ExhaustiveOptions exhaustive = exhaustive_options(simulation, options);
  exhaustive.properties = all;
  exhaustive.enough_findings = 0;
  const ExhaustiveResult tried = explore_exhaustively(simulation, exhaustive);
  const RandomResult drawn = explore_randomly(simulation, {.first_seed = options.first_seed,
                                                           .runs = options.most_runs,
                                                           .most_events = options.most_events,
                                                           .jobs = options.jobs,
                                                           .properties = all,
                                                           .stop = options.stop});
  PropertySet kept;
  for (const properties::PropertyDecl& doc : properties::property_decls()) {
    const bool is_violated =
        drawn.runs_violated[properties::index_of(doc.property)] != 0 ||
        std::any_of(tried.findings.begin(), tried.findings.end(),
                    [&](const Counterexample& found) { return found.property == doc.property; });
    if (!is_violated) kept.add(doc.property);
  }
  return kept;
}

Detection detect(const kit::Deployment& deployment, const DetectionOptions& options) {
  kit::Deployment without = deployment;
  without.protocol.mutants.clear();
  const Simulation mutant = make_simulation(deployment);
  const Simulation correct = make_simulation(without);
  Detection detection;
  detection.exhaustive = detect_exhaustively(mutant, correct, options);
  detection.is_equivalent = !detection.exhaustive.is_found && do_the_same(mutant, correct, options);
  if (!detection.is_equivalent) detection.random = detect_randomly(mutant, correct, options);
  return detection;
}

}  // namespace indoubt::search
