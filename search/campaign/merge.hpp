#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "search/campaign/plan.hpp"
#include "search/run/unit_worker.hpp"

namespace indoubt::search {

/// Where results of units lie: some of them, in no order.
struct UnitStore {
  virtual std::optional<UnitResult> find(std::uint64_t unit) = 0;

 protected:
  ~UnitStore() = default;
};

/// A unit that was made twice and came out in two ways: a bug, as a run has one outcome.
struct UnitConflict {
  std::uint64_t unit = 0;
  std::size_t cell = 0;  ///< position in the list of cells
  /// The first seed that ran differently; none if the runs were the same, and what was made of them
  /// was not.
  std::optional<std::uint64_t> seed{};
  bool operator==(const UnitConflict&) const = default;
};

/// What the units of a campaign come to.
struct MergedUnits {
  /// One for each cell, as `run_campaign` would have it, if nothing is missing and nothing differs.
  std::vector<CellResult> cells{};
  std::vector<std::uint64_t> missing{};   ///< units that are in no store, sorted
  std::vector<UnitConflict> conflicts{};  ///< by unit
  bool operator==(const MergedUnits&) const = default;
};

/// Joins the units of a campaign. It takes them by their numbers, one by one, so that neither the
/// result nor the memory that it needs depends on which store has what, on the order of the stores,
/// or on how often something is stored.
MergedUnits merge_units(const CampaignPlan& plan, const std::vector<UnitStore*>& stores);

}  // namespace indoubt::search
