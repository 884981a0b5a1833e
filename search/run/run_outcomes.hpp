#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "properties/outcome.hpp"
#include "sim/world/plan.hpp"

namespace indoubt::search {

/// What became of each order of a run, for those who count by themselves.
struct RunOutcomes {
  std::uint64_t seed = 0;
  /// By the numbers of the orders; those whose clients asked.
  std::vector<std::pair<std::uint32_t, properties::OrderOutcome>> orders{};
  bool operator==(const RunOutcomes&) const = default;
};

RunOutcomes outcomes_of(const properties::Ledger& ledger, const sim::Plan& plan,
                        std::uint64_t seed);

}  // namespace indoubt::search
