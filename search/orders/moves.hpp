#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace indoubt::search {

/// Where and how a fault falls within an event: see `InjectionPoint` and `Menu`.
struct FaultChoice {
  std::uint32_t point = 0;
  std::uint32_t way = 0;
  bool operator==(const FaultChoice&) const = default;
};

/// One step of a run whose events are chosen: which of what is due takes place, and what goes wrong
/// with it.
struct Move {
  /// Place among what is due; none: nothing, and time passes though late messages could come.
  std::optional<std::size_t> due{};
  std::optional<FaultChoice> fault{};
};

/// A run from its start.
using Moves = std::vector<Move>;

}  // namespace indoubt::search
