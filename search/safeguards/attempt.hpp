#pragma once

#include <cstdint>
#include <vector>

#include "properties/property.hpp"
#include "search/findings/counterexample.hpp"
#include "search/run/simulation.hpp"
#include "search/safeguards/safeguards.hpp"

namespace indoubt::search {

/// The correct code, and what it violates itself.
class CorrectRuns {
 public:
  CorrectRuns(const kit::Deployment& deployment, const SafeguardOptions& options);

  const Simulation& simulation() const { return simulation_; }
  /// In any of the deployment's own runs.
  properties::PropertySet broken() const;
  /// In the run of the first seed and so many more.
  std::uint32_t broken_in(std::uint64_t run) const {
    return run < violated_.size() ? violated_[static_cast<std::size_t>(run)] : 0;
  }

 private:
  Simulation simulation_;
  std::vector<std::uint32_t> violated_;  ///< bit sets of properties, one for each run
};

/// What a set of missing safeguards came to.
struct Attempt {
  struct Violation {
    Counterexample first{};
    std::uint64_t runs = 0;  ///< in which it is violated, and not by the correct code
  };
  std::uint64_t runs = 0;
  std::uint64_t events = 0;
  std::uint64_t digest = 0;
  bool is_cut_short = false;            ///< stopped from outside: it says nothing then
  std::vector<Violation> violations{};  ///< in the order of the properties
};

/// Makes the runs of a deployment with planted mistakes, and counts how often these properties are
/// violated that the correct code keeps.
Attempt attempt(const kit::Deployment& planted, const CorrectRuns& correct,
                properties::PropertySet properties, const SafeguardOptions& options);

}  // namespace indoubt::search
