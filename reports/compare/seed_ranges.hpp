#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "properties/property.hpp"
#include "reports/scenario_result.hpp"

// Which seeds violate what, in a size that does not grow with the runs.
namespace indoubt::reports {

/// First and last of each piece of consecutive seeds that violate one of the properties, of the
/// first `runs` runs of a cell: 3,5,9,9 are 3, 4, 5 and 9.
std::vector<std::uint64_t> violating_ranges(const search::CellResult& cell,
                                            properties::PropertySet pool, std::uint64_t runs);

/// Of how many runs, the same for all cells so that they can be paired, the seeds are listed: all,
/// or as many as take no more than `most` numbers together.
std::uint64_t runs_listed(std::span<const ScenarioResult> results, std::size_t most = 120'000);

}  // namespace indoubt::reports
