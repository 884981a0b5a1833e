#pragma once

#include <optional>
#include <vector>

#include "search/exhaustive/exhaustive.hpp"
#include "search/exhaustive/fault_sets.hpp"
#include "search/exhaustive/share.hpp"
#include "search/run/trial.hpp"

namespace indoubt::search {

/// The run from which all sets start: it has not taken a step. The simulation must outlive it.
Trial start_of(const Simulation& simulation, const ExhaustiveOptions& options);

/// What one thread of an exhaustive search needs: tries the sets of a share and notes what fails.
class ShareSearch {
 public:
  /// `start` is a run that has not taken a step. The others must outlive the search.
  ShareSearch(const Trial& start, const Simulation& simulation, const ExhaustiveOptions& options);

  std::vector<Choice> first_choices() { return search_.first_choices(options_.stop); }

  /// The run without extra faults.
  Share try_nothing();
  /// All sets of `level` faults that begin with `first`. `known` are the shapes of smaller sets:
  /// failures of which these are a part are nothing new.
  Share try_sets(const Choice& first, std::size_t level, const std::vector<Shape>& known);

  /// A finding as data that replays it from the start. Nothing if its path does not lead to it.
  std::optional<Counterexample> counterexample(const ShareFinding& finding);
  /// Makes the findings of a share that comes from a journal again. False if they are not there.
  bool complete(Share& share);

 private:
  void add_run(Trial& trial, const Path& path, const std::vector<Shape>& known, Share& share);
  void note(const Trial& trial, properties::Property property, const Path& path,
            const std::vector<Shape>& known, Share& share);
  Shape shape_of_run(const properties::Finding& finding, std::size_t faults) const;
  bool is_to_end(const Share& share, std::size_t known) const;

  Trial start_;
  const Simulation& simulation_;
  const ExhaustiveOptions& options_;
  ShapeNamer namer_;
  ExhaustiveSearch<Trial> search_;
  ExhaustiveSearch<Trial> replays_;  ///< while the other is in the middle of its search
};

}  // namespace indoubt::search
