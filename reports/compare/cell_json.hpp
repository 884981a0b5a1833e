#pragma once

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "reports/scenario_result.hpp"

namespace indoubt::reports {

/// Which quantiles of a distribution of times are given, in thousandths of all orders.
inline constexpr std::array<std::uint32_t, 26> given_quantiles{
    1,   10,  20,  50,  100, 150, 200, 250, 300, 350, 400, 450, 500,
    550, 600, 650, 700, 750, 800, 850, 900, 950, 980, 990, 999, 1000};

/// Everything that a comparison says of one cell. Of the first `runs_listed` runs it lists which
/// violate what.
nlohmann::ordered_json cell_json(const ScenarioResult& result, const CellOutcome& cell,
                                 std::uint64_t runs_listed);

}  // namespace indoubt::reports
