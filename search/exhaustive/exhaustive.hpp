#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/exhaustive/share.hpp"
#include "search/findings/counterexample.hpp"
#include "search/journal/store.hpp"
#include "search/run/simulation.hpp"
#include "search/schedule/menu.hpp"

namespace indoubt::search {

/// How far a search is.
struct ExhaustiveProgress {
  std::size_t level = 0;  ///< faults of the sets that are tried now
  std::size_t most_faults = 0;
  std::uint64_t shares_done = 0;  ///< of this level
  std::uint64_t shares = 0;
  std::uint64_t schedules = 0;           ///< tried so far, in all levels
  std::uint64_t recalled = 0;            ///< of these, taken from the journal
  std::uint64_t schedules_of_level = 0;  ///< tried so far, in this level
  std::uint64_t level_forecast = 0;      ///< how many the level will come to
  std::uint64_t search_forecast = 0;     ///< how many the search will come to
};

/// What an exhaustive search is to try.
struct ExhaustiveOptions {
  std::size_t most_faults = 1;  ///< at most `sim::most_faults_of_a_set`
  Menu menu{};
  std::uint64_t seed = 1;
  unsigned jobs = 1;
  /// Properties whose violation is a finding.
  properties::PropertySet properties{};
  /// Whether a violation counts; called from several threads at once. None: every one counts.
  std::function<bool(const Counterexample&)> accepts{};
  /// The search ends when so many are known, at the end of a share or within it. 0: never.
  std::size_t enough_findings = 1;
  /// The search ends, at the end of a share or within it, when its runs had so many events,
  /// counting what they share in each. 0: never.
  std::uint64_t most_events = 0;
  /// Called with each share that is done, in order, and never from two threads at once.
  std::function<void(const ExhaustiveProgress&)> progress{};
  /// Keeps finished shares, and gives back those that it has. It must have been written for this
  /// simulation and this `accepts`: the search cannot tell.
  ShareStore* journal = nullptr;
  const std::atomic<bool>* stop = nullptr;
};

/// What it found. It depends neither on the number of threads nor on what came from a journal.
struct ExhaustiveResult {
  bool is_complete = false;  ///< every set of up to `most_faults` was tried
  std::optional<std::string>
      journal_problem{};               ///< why the journal is of no use; then nothing was tried
  std::uint64_t injection_points = 0;  ///< of the run without extra faults
  std::uint64_t schedules = 0;         ///< sets tried, the empty one included
  std::uint64_t distinct_digests = 0;
  bool are_digests_estimated = false;  ///< there are too many to count them
  std::uint64_t events = 0;
  properties::PropertySet checked{};           ///< in any run
  std::uint64_t facts_seen = 0;                ///< in any run: bit sets of `sim::FactKind`
  std::uint32_t actions_seen = 0;              ///< and of `sim::Action`
  properties::PropertyCounts runs_unjudged{};  ///< that ended too early to judge each property
  /// The first of each shape that is not part of a smaller one's, fewest faults first, in the order
  /// of the search. Their faults are in the form in which schedules are saved, and replay them on
  /// top of the scenario's own.
  std::vector<Counterexample> findings{};
  bool operator==(const ExhaustiveResult&) const = default;
};

/// The menu for a simulation: all kinds of fault, as long as its longest wait.
Menu menu_for(const Simulation& simulation);

/// Tries every set of up to K faults of the menu over every injection point of one cell's run.
ExhaustiveResult explore_exhaustively(const Simulation& simulation,
                                      const ExhaustiveOptions& options);

}  // namespace indoubt::search
