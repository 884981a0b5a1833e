#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/findings/shape.hpp"
#include "search/orders/moves.hpp"
#include "search/orders/orders.hpp"
#include "search/orders/path_search.hpp"
#include "search/run/trial.hpp"

namespace indoubt::search {

/// The stages of each number of faults: with little disorder first, and at last all orders, which
/// has what the others have; they find sooner what takes little.
inline constexpr std::uint32_t stages_of_level = 5;
/// The stage of so many faults at a place among them, from 0.
Stage stage_at(std::size_t faults, std::size_t place);
/// The name by which stores know the stage.
ShareId id_of(const Stage& stage);
/// The stage of a name that `id_of` gave.
Stage stage_of(ShareId id);

/// The options of a search without what it cannot judge: how long anything took is no part of a
/// state.
OrdersOptions without_times(OrdersOptions options);
/// The run from which all paths start: it has not taken a step. `simulation` is that of
/// `in_order`, and must outlive it.
Trial start_of(const Simulation& simulation, const OrdersOptions& options);

/// Violations of one shape on paths that only go on for ever if somebody is never let go first.
struct UnfairPaths {
  Shape shape{};
  std::uint64_t paths = 0;
};

/// A violation that a stage came to: the first of its shape.
struct StageFinding {
  Moves path{};
  properties::Property property{};
  Shape shape{};
  Counterexample counterexample{};
};

/// A stage and what was seen in it.
struct StageOutcome {
  StageResult result{};
  std::vector<UnfairPaths> unfair{};  ///< by shape, in the order in which they were met
  properties::PropertySet checked{};
  std::uint64_t facts_seen = 0;
  std::uint32_t actions_seen = 0;
  std::vector<StageFinding> findings{};
};

/// The outcome as bytes for a journal. Of a finding they have path and shape: its reader makes
/// the run again.
std::string bytes_of(const StageOutcome& outcome);
/// Nothing if the bytes are not those of an outcome.
std::optional<StageOutcome> outcome_of(std::string_view bytes);

/// What one thread of a search over orders needs: searches stages, and tells what fails in them.
class StageSearch {
 public:
  /// `deployment` is the one that is searched, `start` a run of it in order that has not taken a
  /// step. All must outlive the search.
  StageSearch(const kit::Deployment& deployment, const Simulation& simulation, const Trial& start,
              const OrdersOptions& options);

  /// `known` are the shapes of violations with fewer faults: one of which these are a part is
  /// nothing new, and not noted. Ends after enough new ones, and when `settled` gets true.
  StageOutcome search(const Stage& stage, const std::vector<Shape>& known,
                      const std::atomic<bool>& settled);
  /// Makes the findings of an outcome that comes from a journal again. False if they are not there.
  bool complete(StageOutcome& outcome) const;

 private:
  void note(const Trial& ended, const Moves& path);
  void note(const Trial& ended, properties::Property property, const Moves& path);
  void note_unfair(Shape shape);
  Shape shape_of(const Trial& ended, properties::Property property) const;
  bool is_known(const Shape& shape) const;
  bool has_enough() const;

  const kit::Deployment& deployment_;
  const Trial& start_;
  const OrdersOptions& options_;
  ShapeNamer namer_;
  const PathSearch* paths_ = nullptr;  ///< of the stage that is searched
  const std::vector<Shape>* known_ = nullptr;
  StageOutcome outcome_;
};

}  // namespace indoubt::search
