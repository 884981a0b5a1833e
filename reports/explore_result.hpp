#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "properties/property.hpp"
#include "scenarios/scenario.hpp"
#include "search/findings/shape.hpp"
#include "search/orders/orders.hpp"
#include "search/run/cell_result.hpp"

namespace indoubt::reports {

/// A counterexample that a search has found.
struct ExploreFinding {
  std::size_t cell = 0;  ///< of the scenario, from 0
  properties::Property property{};
  std::string reason;      ///< as a sentence
  search::Shape shape{};   ///< in what way it fails, at whom, and because of which faults
  std::uint64_t seed = 0;  ///< of the run in which it was found
  std::vector<sim::NamedFault> faults{};  ///< the fewest that show it
  std::vector<sim::NamedEvent> order{};   ///< events that have to come so, the fewest
  /// The mistakes by which safeguards are missing, all of which it takes; empty if none were
  /// searched for. Then it was violated in so many of so many runs.
  std::vector<std::string> missing{};
  std::uint64_t violated = 0;
  std::uint64_t runs = 0;
  scenarios::Scenario scenario{};  ///< that replays it
  std::string file;                ///< where that was saved; empty if it was not
};

/// Counterexamples of one cause: the same protocol, with the same mistake if it has one, fails in
/// the same way. What differs is which faults lead there, and with which options.
struct FindingsOfCause {
  std::vector<const ExploreFinding*> findings{};  ///< the one with the fewest faults first
};

/// What runs under random faults came to, over all cells.
struct RandomCoverage {
  std::uint64_t runs = 0;
  std::uint64_t digest = 0;  ///< folds those of all runs
  std::array<std::uint64_t, sim::fact_count> runs_with_fact{};
  std::array<std::uint64_t, sim::action_count> runs_with_action{};
  properties::PropertyCounts runs_checked{};
  properties::PropertyCounts runs_violated{};
};

/// What trying all sets of faults came to, over all cells.
struct ExhaustiveCoverage {
  std::size_t most_faults = 0;
  bool is_complete = false;
  bool is_done = false;  ///< or all that its bounds leave, which is as far as was asked
  std::uint64_t injection_points = 0;
  std::uint64_t schedules = 0;
  std::uint64_t passed_over = 0;  ///< violating sets that were not reduced: there were many alike
};

/// What a search over all orders of events came to in one cell.
struct CellOrders {
  std::size_t cell = 0;  ///< of the scenario, from 0
  std::size_t most_faults = 0;
  std::size_t most_instants = 0;  ///< see `search::OrdersOptions`
  search::OrdersResult result{};  ///< without its findings
};

/// What leaving out safeguards of a cell's protocol came to.
struct SafeguardCoverage {
  std::size_t cell = 0;                     ///< of the scenario, from 0
  std::size_t safeguards = 0;               ///< that the family has
  std::uint64_t sets = 0;                   ///< of safeguards that were left out
  std::uint64_t impossible = 0;             ///< sets that cannot be
  bool is_complete = false;                 ///< these are all up to the size asked for
  properties::PropertySet broken_anyway{};  ///< by the correct code, in some run
};

/// Runs of a cell that ended before a property that the search is for could be judged.
struct UnjudgedRuns {
  std::size_t cell = 0;                   ///< of the scenario, from 0
  std::uint64_t runs = 0;                 ///< of that cell, in all
  properties::PropertyCounts unjudged{};  ///< of these, for each property
  properties::PropertySet
      blind{};  ///< the properties by which no run was judged at all, for that reason
};

/// What the runs of a cell have met at all.
struct CellSights {
  std::size_t cell = 0;       ///< of the scenario, from 0
  std::uint64_t facts = 0;    ///< bit set of `sim::FactKind`
  std::uint64_t actions = 0;  ///< bit set of `sim::Action`
};

/// What a search has found, for reports.
struct ExploreResult {
  scenarios::Scenario scenario{};
  std::vector<std::size_t> cells{};  ///< that were searched
  bool is_exhaustive = false;
  /// Safeguards are left out, up to so many at once; 0: the code is searched as it is.
  std::size_t most_missing = 0;
  std::vector<SafeguardCoverage> safeguards{};  ///< of each cell that was searched
  std::uint64_t seed = 1;                       ///< the first
  std::uint32_t actions = 0;                    ///< bit set of `sim::Action`: the menu
  RandomCoverage random{};
  ExhaustiveCoverage exhaustive{};
  std::vector<CellOrders> orders{};  ///< of each cell, if all orders of events were searched
  std::uint64_t events = 0;
  std::uint64_t distinct_digests = 0;
  bool are_digests_estimated = false;  ///< there are too many to count them
  std::vector<ExploreFinding> findings{};
  std::vector<UnjudgedRuns> unjudged{};  ///< of the cells that have any
  std::vector<CellSights> sights{};      ///< of each cell that was searched
  std::size_t cells_left = 0;  ///< that were not searched: the time was up, or enough was found
  bool is_interrupted = false;
  bool could_not_save = false;  ///< some counterexample
  /// Of wall time: for people, not for machines. 0: it says nothing, as others did the work.
  std::uint64_t milliseconds = 0;

  /// Whether there is a property of which the search can say nothing, in some cell.
  bool is_blind() const {
    return std::any_of(unjudged.begin(), unjudged.end(),
                       [](const UnjudgedRuns& runs) { return !runs.blind.empty(); });
  }
  /// What `expect` wants to be seen at some time, and no run has met in any cell that it is about:
  /// a search that never came there has said nothing of it.
  std::vector<const scenarios::Expectation*> unseen() const;
  /// The findings by cause, in the order in which the causes were found.
  std::vector<FindingsOfCause> causes() const;
  bool is_inconclusive() const { return is_blind() || !unseen().empty(); }
  bool is_about_safeguards() const { return most_missing != 0; }
  /// Whether all sets of safeguards were left out that were asked for, if any were.
  bool has_left_out_all() const {
    return std::all_of(safeguards.begin(), safeguards.end(),
                       [](const SafeguardCoverage& cell) { return cell.is_complete; });
  }
  bool is_over_orders() const { return !orders.empty(); }
  std::uint64_t runs() const { return is_exhaustive ? exhaustive.schedules : random.runs; }
};

}  // namespace indoubt::reports
