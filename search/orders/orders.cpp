#include "search/orders/orders.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "search/journal/subject.hpp"
#include "search/orders/ordered_deployment.hpp"
#include "search/orders/stage_search.hpp"
#include "search/run/parallel.hpp"

namespace indoubt::search {
namespace {

/// Gets stages from the journal, or searches them and puts them there.
class StageWorker {
 public:
  StageWorker(const kit::Deployment& deployment, const Simulation& simulation, const Trial& start,
              const OrdersOptions& options)
      : search_{deployment, simulation, start, options}, options_{options} {}

  StageOutcome get(const Stage& stage, const std::vector<Shape>& known,
                   const std::atomic<bool>& settled) {
    if (auto recalled = recall(stage)) return std::move(*recalled);
    StageOutcome outcome = search_.search(stage, known, settled);
    if (options_.journal != nullptr && outcome.result.is_done)
      options_.journal->keep(id_of(stage), bytes_of(outcome));
    return outcome;
  }

 private:
  std::optional<StageOutcome> recall(const Stage& stage) {
    if (options_.journal == nullptr) return std::nullopt;
    const std::optional<std::string> bytes = options_.journal->find(id_of(stage));
    if (!bytes) return std::nullopt;
    std::optional<StageOutcome> outcome = outcome_of(*bytes);
    if (!outcome || !search_.complete(*outcome)) return std::nullopt;
    outcome->result.stage = stage;
    return outcome;
  }

  StageSearch search_;
  const OrdersOptions& options_;
};

/// A search under way, stage by stage.
class Exploration {
 public:
  Exploration(const kit::Deployment& deployment, const OrdersOptions& options)
      : deployment_{deployment},
        simulation_{make_simulation(in_order(deployment))},
        options_{without_times(options)},
        start_{start_of(simulation_, options_)} {
    if (!options.progress) return;
    options_.progress = [this, tell = options.progress](const OrdersProgress& progress) {
      const std::lock_guard lock{telling_};
      tell(progress);
    };
  }

  OrdersResult run() && {
    if (options_.journal != nullptr)
      result_.journal_problem = options_.journal->open(search_text());
    if (result_.journal_problem) return std::move(result_);
    result_.is_done = true;
    for (std::size_t faults = 0; faults <= options_.most_faults && !is_over(); ++faults) {
      if (!try_faults(faults)) result_.is_done = false;
    }
    if (is_over()) result_.is_done = false;
    result_.is_complete = result_.is_done && result_.complete_faults() == options_.most_faults;
    return std::move(result_);
  }

 private:
  bool is_over() const { return (options_.stop != nullptr && *options_.stop) || has_enough(); }
  bool has_enough() const {
    return options_.enough_findings != 0 && result_.findings.size() >= options_.enough_findings;
  }

  /// Whether all stages with so many faults were done. Each is searched by itself, so that what
  /// comes of it does not depend on how many are searched at once.
  bool try_faults(std::size_t faults) {
    const std::vector<Shape> known = shapes_;
    std::uint64_t done = 0;
    // What is taken may end the level while other threads are in the middle of later stages.
    std::atomic<bool> settled{false};
    for_units_in_order(
        stages_of_level, std::clamp<unsigned>(options_.jobs, 1, stages_of_level),
        [&] {
          auto worker = std::make_unique<StageWorker>(deployment_, simulation_, start_, options_);
          return [&known, &settled, faults, worker = std::move(worker)](std::uint64_t unit) {
            return worker->get(stage_at(faults, static_cast<std::size_t>(unit)), known, settled);
          };
        },
        [&](std::uint64_t, const StageOutcome& outcome) {
          take(outcome, known);
          done += outcome.result.is_done ? 1 : 0;
          settled = !outcome.result.is_done || has_enough();
          return !settled;
        },
        options_.stop);
    return done == stages_of_level;
  }

  /// `known` are the shapes of violations with fewer faults. A stage that was made by itself has
  /// not left out those of which they are a part.
  void take(const StageOutcome& outcome, const std::vector<Shape>& known) {
    result_.stages.push_back(outcome.result);
    for (const UnfairPaths& unfair : outcome.unfair) {
      if (!is_told_by(known, unfair.shape)) result_.unfair += unfair.paths;
    }
    result_.checked.add(outcome.checked);
    result_.facts_seen |= outcome.facts_seen;
    result_.actions_seen |= outcome.actions_seen;
    for (const StageFinding& finding : outcome.findings) {
      if (has_enough() || is_told_by(shapes_, finding.shape)) continue;
      shapes_.push_back(finding.shape);
      result_.findings.push_back(finding.counterexample);
    }
  }

  /// What a journal must agree with. The number of faults is not in it: a search for more goes on
  /// from one for fewer.
  std::string search_text() const {
    return "stages 2\n" + subject_of(options_.seed, options_.actions, options_.properties) +
           "rounds " + std::to_string(options_.most_instants) + "\nfindings " +
           std::to_string(options_.enough_findings) + "\n";
  }

  const kit::Deployment deployment_;
  const Simulation simulation_;
  OrdersOptions options_;
  std::mutex telling_;
  Trial start_;
  std::vector<Shape> shapes_;  ///< of the findings
  OrdersResult result_;
};

}  // namespace

std::uint64_t OrdersResult::states() const {
  std::uint64_t most = 0;
  for (const StageResult& stage : stages) most = std::max(most, stage.states);
  return most;
}

std::uint64_t OrdersResult::transitions() const {
  std::uint64_t sum = 0;
  for (const StageResult& stage : stages) sum += stage.transitions;
  return sum;
}

std::optional<std::size_t> OrdersResult::complete_faults() const {
  std::optional<std::size_t> most;
  for (const StageResult& stage : stages) {
    if (!stage.stage.disorder && stage.is_complete()) most = stage.stage.faults;
  }
  return most;
}

OrdersResult explore_orders(const kit::Deployment& deployment, const OrdersOptions& options) {
  return Exploration{deployment, options}.run();
}

}  // namespace indoubt::search
