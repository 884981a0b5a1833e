#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "properties/finding.hpp"
#include "protocols/kit/deployment.hpp"

namespace indoubt::search {

/// A run that violates a property for a reason.
struct FailingCase {
  kit::Deployment deployment{};
  std::uint64_t seed = 1;
  properties::Property property{};
  properties::Reason why{};
};

struct ShrinkOptions {
  /// How much may be tried, in events of runs; making a deployment ready counts as some of them.
  /// What was reached is kept when it is used up, and is still such that no fault can be taken
  /// away.
  std::uint64_t most_events = 20'000'000;
  /// Called now and then with the runs made and the faults left.
  std::function<void(std::uint64_t runs, std::size_t faults)> progress{};
  const std::atomic<bool>* stop = nullptr;
  /// What was asked, if that is to stay: kinds of fault, options, nodes and settings, which go back
  /// to these at most. For searches that say what they found with which faults in which deployment.
  const kit::Deployment* question = nullptr;
};

/// A smaller run that violates the same property for the same reason.
struct Shrunk {
  FailingCase failing{};
  std::uint64_t runs = 0;         ///< that were tried, those of searches included
  std::size_t faults_before = 0;  ///< of the run made explicit, chance included
  std::size_t orders_before = 0;
  std::string reason;  ///< as a sentence
  std::uint64_t digest = 0;
  /// The same protocol without its planted mistake, or in its hardened variant, does not violate
  /// the property on the same schedule. False also if there is no such other form.
  bool reference_passes = false;
};

/// Orders that clients place.
std::size_t orders_of(const kit::Deployment& deployment);

/// Reduces a failing run to one with as few faults as can be found and as little else as it needs:
/// everything that chance did becomes a fault of its own, and then faults, orders, services and
/// settings are taken away or made simpler as long as the property is violated for the same reason.
/// No fault of the result can be taken away, unless `stop` came first. Where another form of the
/// protocol passes, it passes on the result. Nothing if the case does not fail as it says. The
/// result is a function of case and budget.
std::optional<Shrunk> shrink(const FailingCase& failing, const ShrinkOptions& options = {});

/// The same, but goes further: without any one of the remaining faults, the property must not be
/// violated for another reason either.
std::optional<Shrunk> shrink_to_fewest(const FailingCase& failing,
                                       const ShrinkOptions& options = {});

}  // namespace indoubt::search
