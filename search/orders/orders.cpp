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

using properties::Property;

/// How much disorder the stages before the last allow.
constexpr std::size_t most_disorder = 3;

/// How long anything took is no part of a state, so nothing is judged by it.
OrdersOptions without_times(OrdersOptions options) {
  properties::PropertySet timed;
  timed.add(Property::non_blocking);
  options.properties.remove(timed);
  return options;
}

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
  static ShareId id_of(const Stage& stage) {
    // The head of a journal has the number 0 of level 0.
    return {static_cast<std::uint32_t>(stage.faults),
            static_cast<std::uint32_t>(1 + stage.disorder.value_or(most_disorder + 1))};
  }

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
        start_{simulation_} {
    if (sim::has(options.actions, sim::Harm::wipe)) start_.expect_lost_disks();
    start_.begin(options.seed, simulation_.plan->faults());
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

  /// Whether all stages with so many faults were done. The last of them is all orders, and has what
  /// the others have; they find sooner what takes little. Each is searched by itself, so that what
  /// comes of it does not depend on how many are searched at once.
  bool try_faults(std::size_t faults) {
    const std::vector<Shape> known = shapes_;
    constexpr std::uint64_t stages = most_disorder + 2;
    std::uint64_t done = 0;
    // What is taken may end the level while other threads are in the middle of later stages.
    std::atomic<bool> settled{false};
    for_units_in_order(
        stages, std::clamp<unsigned>(options_.jobs, 1, stages),
        [&] {
          auto worker = std::make_unique<StageWorker>(deployment_, simulation_, start_, options_);
          return [&known, &settled, faults, worker = std::move(worker)](std::uint64_t unit) {
            Stage stage{.faults = faults, .disorder = static_cast<std::size_t>(unit)};
            if (unit > most_disorder) stage.disorder.reset();
            return worker->get(stage, known, settled);
          };
        },
        [&](std::uint64_t, const StageOutcome& outcome) {
          take(outcome);
          done += outcome.result.is_done ? 1 : 0;
          settled = !outcome.result.is_done || has_enough();
          return !settled;
        },
        options_.stop);
    return done == stages;
  }

  void take(const StageOutcome& outcome) {
    result_.stages.push_back(outcome.result);
    result_.unfair += outcome.unfair;
    result_.checked.add(outcome.checked);
    result_.facts_seen |= outcome.facts_seen;
    result_.actions_seen |= outcome.actions_seen;
    for (const StageFinding& finding : outcome.findings) {
      const auto is_part = [&](const Shape& known) { return known.is_part_of(finding.shape); };
      if (has_enough() || std::any_of(shapes_.begin(), shapes_.end(), is_part)) continue;
      shapes_.push_back(finding.shape);
      result_.findings.push_back(finding.counterexample);
    }
  }

  /// What a journal must agree with. The number of faults is not in it: a search for more goes on
  /// from one for fewer.
  std::string search_text() const {
    return "stages 1\n" + subject_of(options_.seed, options_.actions, options_.properties) +
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
