#include "search/random/random.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "search/findings/reference.hpp"
#include "search/random/corpus.hpp"
#include "search/random/coverage.hpp"
#include "search/run/digest_count.hpp"
#include "search/run/parallel.hpp"
#include "search/run/trial.hpp"
#include "search/run/units.hpp"

namespace indoubt::search {
namespace {

using properties::Property;

/// Runs with random faults that are only watched, to learn what runs can do when something goes
/// wrong: for example, answer an inquiry.
constexpr std::uint64_t rehearsals = 64;
constexpr std::uint64_t most_rehearsed_events = 1'000'000;

/// The times that roles wait, without repetition.
std::vector<sim::Duration> waits_of(const kit::FamilyTraits& traits) {
  std::vector<sim::Duration> waits;
  for (const sim::Duration wait : {traits.vote_timeout, traits.longest_wait, traits.sweep}) {
    const bool is_known = std::find(waits.begin(), waits.end(), wait) != waits.end();
    if (wait > sim::Duration{0} && !is_known) waits.push_back(wait);
  }
  return waits;
}

/// What runs reach is looked through after so many units, and which schedules the next ones go on
/// from does not change in between: so it does not matter which thread makes which run.
constexpr std::uint64_t units_per_generation = 16;

/// Of the runs that follow the first generation, one in so many draws its faults from nothing. The
/// others go on from a kept schedule.
constexpr std::uint64_t one_blind_in = 4;
constexpr std::uint64_t choice_stream = 0x6368'6f69'6365'0006u;

bool is_spent(const RandomOptions& options, std::uint64_t events) {
  return options.most_events != 0 && events >= options.most_events;
}

/// What one unit of runs came to.
struct UnitOfRuns {
  RandomResult result{};
  std::vector<std::uint64_t> digests{};
  std::vector<Counterexample> failures{};
  std::vector<Candidate> candidates{};
  bool is_cut_short = false;  ///< stopped from outside: what follows has no predecessor
};

/// What one thread needs.
class RunWorker {
 public:
  RunWorker(const Simulation& simulation, const Swarm& swarm, const RandomOptions& options,
            const Corpus& corpus)
      : options_{&options},
        corpus_{&corpus},
        own_faults_{simulation.plan->faults().size()},
        trial_{simulation},
        swarm_{swarm},
        coverage_{simulation.plan->orders()} {
    if (options.reference != nullptr) reference_.emplace(*options.reference, simulation);
    trial_.read_along(&coverage_);
  }
  RunWorker(const RunWorker&) = delete;
  RunWorker& operator=(const RunWorker&) = delete;

  UnitOfRuns operator()(std::uint64_t number) {
    UnitOfRuns unit;
    const std::uint64_t first = number * runs_per_unit;
    const std::uint64_t end = std::min(first + runs_per_unit, options_->runs);
    unit.digests.reserve(static_cast<std::size_t>(end - first));
    for (std::uint64_t i = first; i < end && !unit.is_cut_short; ++i) {
      run(options_->first_seed + i, unit);
      unit.is_cut_short =
          (options_->stop != nullptr && *options_->stop) || is_spent(*options_, unit.result.events);
    }
    return unit;
  }

 private:
  void run(std::uint64_t seed, UnitOfRuns& unit) {
    const std::span<const sim::Fault> schedule = draw(seed);
    coverage_.clear();
    trial_.run(seed, schedule);
    note_coverage(schedule, unit);
    unit.digests.push_back(trial_.world().digest());
    RandomResult& result = unit.result;
    ++result.runs;
    result.events += trial_.world().counters().events;
    count(result);
    const std::uint32_t violated = trial_.judge().violated().bits() & options_->properties.bits();
    if (violated == 0) return;
    count_bits(violated, result.runs_violated);
    for (const properties::PropertyDecl& doc : properties::property_decls()) {
      const bool fails = (violated >> properties::index_of(doc.property) & 1u) != 0;
      if (fails) note_failure(doc.property, schedule, unit.failures);
    }
  }

  std::span<const sim::Fault> draw(std::uint64_t seed) {
    const auto& schedules = corpus_->schedules();
    const bool is_near =
        !schedules.empty() && sim::below(sim::mix(seed, choice_stream), one_blind_in) != 0;
    return is_near ? swarm_.draw_near(seed, schedules) : swarm_.draw(seed);
  }

  void note_coverage(std::span<const sim::Fault> schedule, UnitOfRuns& unit) {
    coverage_.finish(trial_.world());
    if (!corpus_->is_new(coverage_.things())) return;
    const auto drawn = schedule.subspan(own_faults_);
    const auto things = coverage_.things();
    unit.candidates.push_back({{drawn.begin(), drawn.end()}, {things.begin(), things.end()}});
  }

  void count(RandomResult& result) const {
    count_bits(trial_.facts_seen(), result.runs_with_fact);
    count_bits(trial_.actions_seen(), result.runs_with_action);
    trial_.judge().checked().add_to(result.runs_checked);
    trial_.judge().unjudged().add_to(result.runs_unjudged);
  }

  /// Notes the first failure of each kind in a unit. Further ones are most likely the same again.
  void note_failure(Property property, std::span<const sim::Fault> schedule,
                    std::vector<Counterexample>& failures) {
    const properties::Reason why = trial_.judge().tally(property).first.reason;
    const bool is_known = std::any_of(failures.begin(), failures.end(), [&](const auto& known) {
      return known.property == property && known.why == why;
    });
    if (is_known || is_excused(property, schedule)) return;
    failures.push_back(counterexample_of(trial_, property));
  }

  bool is_excused(Property property, std::span<const sim::Fault> schedule) {
    return reference_ && reference_->violates(property, trial_.world().seed(), schedule);
  }

  const RandomOptions* options_;
  const Corpus* corpus_;
  std::size_t own_faults_;  ///< of the scenario: they are in every schedule
  Trial trial_;
  Swarm swarm_;
  Coverage coverage_;
  std::optional<Reference> reference_;
};

/// Collects the units in order.
class Collection {
 public:
  Collection(RandomResult& result, const RandomOptions& options)
      : result_{result}, options_{options} {}

  /// Those of the generation, in order.
  std::vector<Candidate>& candidates() { return candidates_; }
  bool goes_on() const { return goes_on_; }

  bool take(UnitOfRuns& unit) {
    result_.runs += unit.result.runs;
    result_.events += unit.result.events;
    for (const std::uint64_t digest : unit.digests)
      result_.digest = sim::mix(result_.digest, digest);
    for (const std::uint64_t digest : unit.digests) digests_.add(digest);
    add_counts(result_.runs_with_fact, unit.result.runs_with_fact);
    add_counts(result_.runs_with_action, unit.result.runs_with_action);
    add_counts(result_.runs_checked, unit.result.runs_checked);
    add_counts(result_.runs_violated, unit.result.runs_violated);
    add_counts(result_.runs_unjudged, unit.result.runs_unjudged);
    result_.distinct_digests = digests_.value();
    result_.are_digests_estimated = !digests_.is_exact();
    if (options_.progress) options_.progress(result_.runs);
    for (Candidate& candidate : unit.candidates) candidates_.push_back(std::move(candidate));
    goes_on_ = !unit.is_cut_short && !is_spent(options_, result_.events);
    for (const Counterexample& failure : unit.failures) {
      if (options_.on_failure && !options_.on_failure(failure)) goes_on_ = false;
    }
    return goes_on_;
  }

 private:
  RandomResult& result_;
  const RandomOptions& options_;
  std::vector<Candidate> candidates_;
  bool goes_on_ = true;
  DigestCount digests_;
};

/// The workers of a search. They are made once: what they have allocated serves all generations.
class Workers {
 public:
  /// One that counts units from the first of a generation.
  struct Hired {
    RunWorker* worker;
    std::uint64_t first;
    UnitOfRuns operator()(std::uint64_t unit) const { return (*worker)(first + unit); }
  };

  Workers(unsigned count, const std::function<std::unique_ptr<RunWorker>()>& make) {
    for (unsigned i = 0; i < count; ++i) workers_.push_back(make());
  }
  /// For one thread of a generation, any of which gets another one.
  Hired next(std::uint64_t first) { return {workers_[next_++ % workers_.size()].get(), first}; }

 private:
  std::vector<std::unique_ptr<RunWorker>> workers_;
  std::atomic<std::size_t> next_{0};
};

}  // namespace

Swarm make_swarm(const Simulation& simulation, std::uint64_t seed, std::uint32_t actions,
                 const std::atomic<bool>* stop) {
  const SwarmOptions options{.actions = actions, .waits = waits_of(simulation.traits)};
  const sim::Plan& plan = simulation.plan->plan();
  sim::World world{simulation.plan};
  Profiler profiler{world};
  std::uint64_t events = 0;
  const auto is_stopped = [&] { return stop != nullptr && *stop; };
  const auto make_run = [&](std::uint64_t run_seed, std::span<const sim::Fault> schedule) {
    world.observe(&profiler);
    world.reset(run_seed, schedule);
    while (!is_stopped() && world.step()) world.clear_history();
    profiler.finish_run();
    events += world.counters().events;
  };
  make_run(seed, plan.faults);
  Swarm rehearsal{plan, profiler.profile(), options};
  for (std::uint64_t i = 0; i < rehearsals && events < most_rehearsed_events; ++i) {
    make_run(seed + i, rehearsal.draw(seed + i));
  }
  return Swarm{plan, profiler.profile(), options};
}

RandomResult explore_randomly(const Simulation& simulation, const RandomOptions& options) {
  RandomResult result;
  Collection collection{result, options};
  const Swarm swarm = make_swarm(simulation, options.first_seed, options.actions, options.stop);
  const std::uint64_t units = (options.runs + runs_per_unit - 1) / runs_per_unit;
  const auto jobs =
      static_cast<unsigned>(std::clamp<std::uint64_t>(units, 1, std::max(1u, options.jobs)));
  Corpus corpus;
  Workers workers{jobs,
                  [&] { return std::make_unique<RunWorker>(simulation, swarm, options, corpus); }};
  const auto is_stopped = [&] { return options.stop != nullptr && *options.stop; };
  for (std::uint64_t first = 0; first < units && collection.goes_on() && !is_stopped();
       first += units_per_generation) {
    for_units_in_order(
        std::min(units - first, units_per_generation), jobs, [&] { return workers.next(first); },
        [&](std::uint64_t, UnitOfRuns& unit) { return collection.take(unit); }, options.stop);
    for (const Candidate& candidate : collection.candidates()) corpus.offer(candidate);
    collection.candidates().clear();
  }
  result.schedules_kept = corpus.kept();
  return result;
}

}  // namespace indoubt::search
