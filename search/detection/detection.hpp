#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "properties/property.hpp"
#include "protocols/kit/deployment.hpp"

namespace indoubt::search {

/// How hard to look for a planted mistake.
struct DetectionOptions {
  std::uint64_t first_seed = 1;
  std::uint64_t most_runs = 100'000;  ///< of each random search
  std::size_t searches = 10;          ///< random ones, with seeds of their own
  std::size_t most_faults = 2;        ///< of the exhaustive search
  /// Bound on the events of each search: a mistake may make runs so long that few of them fit.
  std::uint64_t most_events = 100'000'000;
  properties::PropertySet properties{};  ///< whose violation counts
  unsigned jobs = 1;
  /// A stopwatch: microseconds since some moment. Nothing but the reported times depends on it.
  std::function<std::uint64_t()> microseconds{};
  const std::atomic<bool>* stop = nullptr;
};

/// What random search needed to see a mistake: medians over the searches, where one that saw
/// nothing counts as worse than all that did.
struct RandomDetection {
  std::size_t searches = 0;
  std::size_t successes = 0;
  std::optional<std::uint64_t> runs{};             ///< to the first catch
  std::optional<std::uint64_t> microseconds{};     ///< of one thread
  std::optional<properties::Property> property{};  ///< that the first search saw violated
};

/// What exhaustive search needed.
struct ExhaustiveDetection {
  bool is_found = false;
  std::size_t faults = 0;       ///< the fewest that show it
  bool is_complete = false;     ///< nothing was found in all there is: no budget ended it
  std::uint64_t schedules = 0;  ///< tried up to then, or in all
  properties::Property property{};
};

/// How a planted mistake shows in a deployment.
struct Detection {
  RandomDetection random{};
  ExhaustiveDetection exhaustive{};
  /// All schedules of the exhaustive search, and many random ones, came out as in the correct code:
  /// as far as these can tell, the mistake changes nothing here. Then it is not looked for.
  bool is_equivalent = false;
};

/// The properties that the correct code was not seen to violate in a deployment, whatever was
/// tried. Where a mistake shows in another property, it may only have changed the runs in which
/// that one is violated.
properties::PropertySet kept_properties(const kit::Deployment& deployment,
                                        const DetectionOptions& options);

/// Looks for the deployment's planted mistake by both strategies. A violation shows the mistake
/// only if the correct code does not violate the same property with the same seed and faults.
Detection detect(const kit::Deployment& deployment, const DetectionOptions& options);

}  // namespace indoubt::search
