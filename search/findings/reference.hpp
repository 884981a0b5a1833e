#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "search/run/simulation.hpp"
#include "search/run/trial.hpp"

namespace indoubt::search {

/// The correct code, to compare with code that has a planted mistake. A property that the correct
/// code violates as well, on the same seed and with the same faults, does not show the mistake.
class Reference {
 public:
  /// `planted` must outlive it.
  Reference(const Simulation& correct, const Simulation& planted);

  /// Whether the correct code violates the property under this seed and schedule, which is given in
  /// terms of the planted simulation.
  bool violates(properties::Property property, std::uint64_t seed,
                std::span<const sim::Fault> schedule);

  /// The schedule in terms of the correct code. A mistake may add nodes or messages of its own: a
  /// fault that names one does not apply.
  sim::Schedule translated(std::span<const sim::Fault> schedule) const;

 private:
  const sim::Plan& planted_;
  const sim::Plan& correct_;
  bool is_alike_;  ///< has the same nodes and messages, so that schedules mean the same
  Trial trial_;
};

}  // namespace indoubt::search
