#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>

#include "search/findings/counterexample.hpp"
#include "search/run/cell_result.hpp"
#include "search/run/simulation.hpp"
#include "search/schedule/swarm.hpp"

namespace indoubt::search {

/// What a random search is to try. Run i has seed first + i, for the world and for its faults.
struct RandomOptions {
  std::uint64_t first_seed = 1;
  std::uint64_t runs = 1;  ///< at most
  /// The search ends, at the end of a unit or within it, when its runs had so many events. 0:
  /// never.
  std::uint64_t most_events = 0;
  std::uint32_t actions = sim::all_actions;  ///< bit set of `sim::Action`
  unsigned jobs = 1;
  /// Properties whose violation is a failure.
  properties::PropertySet properties{};
  /// A violation counts only if this simulation does not violate the property on the same seed and
  /// schedule: the correct code beside a planted mistake. Null: every violation counts.
  const Simulation* reference = nullptr;
  /// Called with failing runs in seed order, never from two threads at once; of one kind (property
  /// and reason) once for each unit of runs. False ends the search with the unit.
  std::function<bool(const Counterexample&)> on_failure{};
  /// Called now and then, never from two threads at once, with the runs finished.
  std::function<void(std::uint64_t runs_done)> progress{};
  /// Set from outside to stop early; the result then covers the seeds that were finished in order.
  const std::atomic<bool>* stop = nullptr;
};

/// What it came to. It does not depend on the number of threads.
struct RandomResult {
  std::uint64_t runs = 0;
  std::uint64_t events = 0;
  std::uint64_t distinct_digests = 0;
  bool are_digests_estimated = false;  ///< there are too many to count them
  std::uint64_t schedules_kept = 0;    ///< because they reached something new
  std::uint64_t digest = 0;            ///< folds the digests of the runs in seed order
  /// In how many runs each fact and each kind of fault was seen, and each property checked,
  /// violated, and left open because the run ended too early to judge it.
  std::array<std::uint64_t, sim::fact_count> runs_with_fact{};
  std::array<std::uint64_t, sim::action_count> runs_with_action{};
  properties::PropertyCounts runs_checked{};
  properties::PropertyCounts runs_violated{};
  properties::PropertyCounts runs_unjudged{};
  /// The properties that were checked in any run.
  properties::PropertySet checked() const {
    properties::PropertySet set;
    for (const properties::PropertyDecl& doc : properties::property_decls()) {
      if (runs_checked[properties::index_of(doc.property)] != 0) set.add(doc.property);
    }
    return set;
  }
  /// What was seen in any run: bit sets of `sim::FactKind` and of `sim::Action`.
  std::uint64_t facts_seen() const { return bits_of(runs_with_fact); }
  std::uint64_t actions_seen() const { return bits_of(runs_with_action); }
  bool operator==(const RandomResult&) const = default;
};

/// The drawer of schedules for a simulation: what runs do is found out by making some.
/// Large deployments are looked at in fewer runs, and none at all once `stop` is set.
Swarm make_swarm(const Simulation& simulation, std::uint64_t seed, std::uint32_t actions,
                 const std::atomic<bool>* stop = nullptr);

/// Runs a cell under random faults and judges every run.
RandomResult explore_randomly(const Simulation& simulation, const RandomOptions& options);

}  // namespace indoubt::search
