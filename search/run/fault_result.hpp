#pragma once

#include <cstdint>
#include <vector>

#include "properties/ledger.hpp"
#include "sim/world/world.hpp"

namespace indoubt::search {

/// What one fault of a schedule came to over the runs of a cell.
struct FaultResult {
  std::uint64_t runs = 0;      ///< in which it took place
  std::uint64_t orders = 0;    ///< that were under way at its nodes while it was in force
  std::uint64_t messages = 0;  ///< that it stopped, held up, copied or damaged

  /// It took place, and nothing was different for it.
  bool met_nobody(sim::Action action) const;
  FaultResult& operator+=(const FaultResult& other);
  bool operator==(const FaultResult&) const = default;
};

/// Until when an occurrence of a fault that begins at `at` is in force.
sim::TrueTime end_of(const sim::Fault& fault, sim::TrueTime at, sim::TrueTime quiet);

/// Adds what each fault of a run met, in the order of the schedule. An order is under way from its
/// request until the last message about it left.
void add_fault_results(const sim::World& world, const properties::Ledger& ledger,
                       std::vector<FaultResult>& results);

}  // namespace indoubt::search
