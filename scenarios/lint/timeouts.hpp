#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/knowledge.hpp"
#include "scenarios/round_trip.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/text/report.hpp"
#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {

/// What is warned about must happen more often than to one round trip in a hundred.
inline constexpr std::uint32_t lint_thousandths = 990;

/// Warns, once for all cells, about the families whose shortest timeout is over before a call can
/// be answered: they give up order after order, and keep every promise by doing nothing.
void lint_timeouts(Report& report, const Value& root, const std::vector<Cell>& cells,
                   const Knowledge& knowledge);

}  // namespace indoubt::scenarios
