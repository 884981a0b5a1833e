#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "search/findings/counterexample.hpp"
#include "search/journal/store.hpp"
#include "search/run/simulation.hpp"
#include "search/schedule/menu.hpp"

namespace indoubt::search {

/// How far a search looks at once: up to so many faults, and orders in which an event other than
/// the oldest goes first so often. Searches go from stage to stage, fewest faults first, so that
/// what takes least is found first: depth first over all orders would drown in those behind the
/// last fault.
struct Stage {
  std::size_t faults = 0;
  std::optional<std::size_t> disorder{};  ///< none: all orders
  bool operator==(const Stage&) const = default;
};

/// How far a search is.
struct OrdersProgress {
  Stage stage{};
  std::size_t most_faults = 0;
  std::uint64_t states = 0;       ///< of this stage
  std::uint64_t transitions = 0;  ///< of this stage
  std::size_t depth = 0;          ///< steps of the present path
};

/// The largest bounds that a search over orders may be given.
inline constexpr std::size_t most_rounds = 200;
inline constexpr std::uint64_t most_states = 1'000'000'000;

struct OrdersOptions {
  std::size_t most_faults = 1;
  std::uint32_t actions = exhaustive_actions;  ///< bit set of `Action`: the menu
  std::uint64_t seed = 1;                      ///< of what roles draw
  unsigned jobs = 1;                           ///< threads; they do not change the result
  properties::PropertySet properties{};        ///< whose violation is a finding
  /// The search ends when so many are known. 0: never.
  std::size_t enough_findings = 1;
  /// A path goes on for so many instants after its last fault, unless it ends by itself.
  std::size_t most_instants = usual_instants;
  /// A stage that comes to so many states ends there. They take 24 to 48 bytes each.
  std::uint64_t most_states = usual_states;
  bool merges = true;  ///< false: brute force, for tests
  /// For tests: throws `std::logic_error` if two states hash alike that another hash tells apart.
  bool checks_hashes = false;
  /// Called by any thread, and by one at a time.
  std::function<void(const OrdersProgress&)> progress{};
  const std::atomic<bool>* stop = nullptr;
  /// Keeps the stages that are done, so that a search that is ended can go on.
  ShareStore* journal = nullptr;

  static constexpr std::size_t usual_instants = 12;
  static constexpr std::uint64_t usual_states = 30'000'000;
};

/// What one stage came to. All of it depends on the deployment and the options alone.
struct StageResult {
  Stage stage{};
  std::uint64_t states = 0;
  std::uint64_t transitions = 0;
  std::uint64_t ends = 0;       ///< of paths: at rest, or where only retries are left
  std::uint64_t cut_paths = 0;  ///< that were still going on after `most_instants`
  /// All its states were entered, but for what is behind paths that were cut.
  bool is_done = false;

  /// Every state was entered, to the end of every path.
  bool is_complete() const { return is_done && cut_paths == 0; }
  bool operator==(const StageResult&) const = default;
};

struct OrdersResult {
  /// All orders of events with up to `most_faults` faults were searched: all states, or all within
  /// `most_instants` after the last fault.
  bool is_complete = false;
  bool is_done = false;
  std::vector<StageResult> stages{};  ///< that were begun
  std::uint64_t unfair = 0;  ///< violations on paths that only go on for ever if somebody is never
                             ///< let go first: no findings
  properties::PropertySet checked{};  ///< at any end
  std::uint64_t facts_seen = 0;       ///< bit sets of `sim::FactKind`
  std::uint32_t actions_seen = 0;     ///< and of `sim::Action`
  /// The first of each shape that is not part of a smaller one's. Each says what ran.
  std::vector<Counterexample> findings{};
  std::optional<std::string> journal_problem{};  ///< then nothing was searched

  std::uint64_t states() const;       ///< of the largest stage
  std::uint64_t transitions() const;  ///< of all
  /// The most faults for which all orders were searched; none if they were not even without any.
  std::optional<std::size_t> complete_faults() const;
};

/// Searches all orders of events and all sets of up to K faults of one cell: the world of
/// `in_order`, on copies of which it tries everything that can take place next. States that hash
/// alike are entered once. See docs/orders.md, which says what is in the menu and what is not.
OrdersResult explore_orders(const kit::Deployment& deployment, const OrdersOptions& options);

}  // namespace indoubt::search
