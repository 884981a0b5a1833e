#pragma once

#include <cstdint>
#include <span>

#include "search/findings/alignment.hpp"
#include "search/run/simulation.hpp"
#include "search/run/trial.hpp"

namespace indoubt::search {

/// The correct code, to compare with code that has a planted mistake. A property that the correct
/// code violates as well, on the same seed and with the same faults, does not show the mistake.
class Reference {
 public:
  Reference(const Simulation& correct, const Simulation& planted);

  /// Whether the correct code violates the property under this seed and schedule, which is given in
  /// terms of the planted simulation: faults fall before the same effects, however they are
  /// counted.
  bool violates(properties::Property property, std::uint64_t seed,
                std::span<const sim::Fault> schedule);

 private:
  Alignment alignment_;
  Trial trial_;
};

}  // namespace indoubt::search
