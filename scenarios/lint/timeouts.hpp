#pragma once

#include <cstdint>

#include "scenarios/knowledge.hpp"
#include "scenarios/round_trip.hpp"
#include "scenarios/text/report.hpp"
#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {

/// What is warned about must happen more often than to one round trip in a hundred.
inline constexpr std::uint32_t lint_thousandths = 990;

/// Warns about a family whose shortest timeout is over before a call can be answered: it gives up
/// order after order, and keeps every promise by doing nothing.
void lint_timeouts(Report& report, const Value& cell, const kit::Deployment& deployment,
                   const Knowledge& knowledge);

}  // namespace indoubt::scenarios
